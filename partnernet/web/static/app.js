"use strict";
// Three things that Streamlit does not do: the focus when a screen opens, shortcuts that work while a field has the
// focus, and signing out in one click. Loaded by the skeleton (shell.py) under a policy without inline script.
(() => {
  // Streamlit's script, which runs after this one, would otherwise look for its server under each screen's address first.
  window.__streamlit = { BACKEND_BASE_URL: location.origin + "/" };

  // One letter, one action, in either language. The names are the exact accessible names of the widgets.
  const SHORTCUTS = [
    ["a", "Autre montant", "Other amount"],
    ["c", "Confirmer le paiement", "Confirm the payment"],
    ["e", "Espèces", "Cash"],
    ["f", "Fermer", "Close"],
    ["i", "Imprimer", "Print"],
    ["m", "Montant en souffrance", "Past due"],
    ["n", "Nouveau paiement", "New payment"],
    ["p", "Paiement de compte", "Account payment"],
    ["q", "Chèque", "Cheque"],
    ["r", "Rechercher", "Search"],
    ["s", "Soumettre", "Submit"],
    ["t", "Total dû", "Total due"],
  ];
  const ACTIONABLE = "button, a[href], input[type=checkbox], input[type=radio], input[type=text]";
  const FIELDS = "input[type=text], input[type=password], input:not([type]), textarea";
  const SIGN_OUT = "/fermer-la-session";

  const main = () => document.querySelector("[data-testid=stMain]") || document.body;
  const plain = (text) => (text || "").replace(/\s+/g, " ").trim();
  const isThere = (element) => !element.disabled && element.getClientRects().length > 0;

  // ---- Shortcuts: Alt and a letter -------------------------------------------------------------------------------

  const nameOf = (element) =>
    plain(element.getAttribute("aria-label") || (element.closest("label") || element).textContent);

  const named = (names) => {
    const found = [...main().querySelectorAll(ACTIONABLE)].filter((element) => names.includes(nameOf(element)));
    return found.find((element) => !element.disabled);
  };

  document.addEventListener("keydown", (event) => {
    // AltGr writes characters on Quebec keyboards, and arrives as Ctrl and Alt on Windows.
    if (!event.altKey || event.ctrlKey || event.metaKey || event.getModifierState("AltGraph")) return;
    const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, "").toLowerCase();
    const shortcut = SHORTCUTS.find(([key]) => key === letter);
    const target = shortcut && named(shortcut.slice(1));
    if (!target) return;
    event.preventDefault();
    if (event.repeat) return;
    target.focus(); // the field that was being typed in is left, so its value is sent before the click
    if (target.type === "text") target.select();
    else target.click();
  }, true);

  // ---- Focus: once when a screen opens, never while somebody is busy -----------------------------------------------

  // A container whose key starts with « focus-here » names the place; otherwise it is the first field of the screen.
  const MARKED = "[class*=st-key-focus-here]";
  const place = () => location.pathname + "?client=" + (new URLSearchParams(location.search).get("client") || "");
  let opened = null; // the screen whose field has had the focus
  let marked = null; // the marked container that has had it
  let pending = true;

  const isStill = () => {
    const app = document.querySelector("[data-test-script-state]");
    // A kind of widget that is drawn for the first time arrives after the others: its place is held meanwhile.
    const held = main().querySelector("[data-testid=stSkeleton]");
    return !held && (!app || app.dataset.testScriptState === "notRunning");
  };

  const firstEmpty = (fields) => fields.find((field) => !field.value) || fields[0];

  const settle = () => {
    const container = document.querySelector(MARKED);
    if (place() !== opened) [opened, pending] = [place(), true];
    if (container && container !== marked) pending = true;
    marked = container;
    if (!pending || !isStill()) return;
    const signIn = document.querySelector(".pn-sign-in");
    const within = container || signIn || main();
    const wanted = container ? `${FIELDS}, button, input, a[href], [role=spinbutton]` : FIELDS;
    const fields = [...within.querySelectorAll(wanted)].filter((field) => isThere(field) && field.type !== "hidden");
    if (!fields.length) return;
    pending = false;
    (signIn ? firstEmpty(fields) : fields[0]).focus();
  };

  new MutationObserver(settle).observe(document, { attributes: true, childList: true, subtree: true });
  // Whoever types or clicks has chosen their own place.
  const leaveAlone = (event) => {
    if (!event.target.closest || event.target.closest("[data-testid=stMain]")) pending = false;
  };
  document.addEventListener("pointerdown", leaveAlone, true);
  document.addEventListener("keydown", leaveAlone, true);

  // ---- A click that takes the focus from a field waits for the field's value ---------------------------------------

  // Otherwise both leave at once, in either order, and the server forgets the click when the value comes second. A mouse
  // is held down long enough by itself; a tap, a shortcut and a quick hand are not.
  const VALUE_FIRST_MS = 120;
  let leftAt = -VALUE_FIRST_MS;
  let released = null; // the button whose click has waited

  document.addEventListener("focusout", (event) => {
    if (event.target.matches && event.target.matches(FIELDS)) leftAt = performance.now();
  }, true);

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-testid=stMain] button");
    if (!button || button === released || performance.now() - leftAt > VALUE_FIRST_MS) return;
    event.preventDefault();
    event.stopPropagation();
    setTimeout(() => {
      released = button.isConnected ? button : named([nameOf(button)]);
      if (released) released.click();
      released = null;
    }, VALUE_FIRST_MS);
  }, true);

  // ---- Signing out from the menu is a POST: opening an address must never end a session ---------------------------

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || new URL(link.href).pathname !== SIGN_OUT) return;
    event.preventDefault();
    event.stopPropagation();
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: "/logout" });
    document.body.append(form);
    form.submit();
  }, true);
})();
