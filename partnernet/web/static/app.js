"use strict";
// What Streamlit does not do: the focus when a screen opens, shortcuts that work while a field has the focus, answers
// brought into sight, signing out in one click. Loaded by the skeleton (shell.py) under a policy without inline script.
(() => {
  // Streamlit's script, which runs after this one, would otherwise look for its server under each screen's address first.
  window.__streamlit = { BACKEND_BASE_URL: location.origin + "/" };

  // One letter, one action, in either language. The names are the exact accessible names of the widgets.
  const SHORTCUTS = [
    ["a", "Autre montant", "Other amount"],
    ["c", "Confirmer le paiement", "Confirm the payment"],
    ["e", "Espèces", "Cash"],
    ["f", "Fermer", "Close"],
    ["g", "Figer le décompte", "Freeze the count"],
    ["i", "Imprimer", "Print"],
    ["m", "Montant en souffrance", "Past due"],
    ["n", "Nouveau paiement", "New payment"],
    ["p", "Paiement de compte", "Account payment"],
    ["q", "Chèque", "Cheque"],
    ["r", "Rechercher", "Search"],
    ["s", "Soumettre", "Submit", "Soumettre la réconciliation", "Submit the reconciliation"],
    ["t", "Total dû", "Total due"],
  ];
  const ACTIONABLE = "button, a[href], input[type=checkbox], input[type=radio], input[type=text]";
  const FIELDS = "input[type=text], input[type=password], input:not([type]), textarea";
  const SIGN_OUT = "/fermer-la-session";

  const main = () => document.querySelector("[data-testid=stMain]") || document.body;
  const plain = (text) => (text || "").replace(/\s+/g, " ").trim();
  const isThere = (element) => !element.disabled && element.getClientRects().length > 0;

  // ---- The field of a file speaks the person's language ------------------------------------------------------------

  // Streamlit has English words only; ours stand beside the field (exchange_upload.py). Nothing is written twice: this
  // runs at every change of the page.
  const say = (node, text) => {
    if (node && node.nodeValue !== text) node.nodeValue = text;
  };
  const call = (element, text) => {
    if (element && element.getAttribute("aria-label") !== text) element.setAttribute("aria-label", text);
  };
  const speak = () => {
    const { lang } = document.documentElement;
    for (const words of document.querySelectorAll(".pn-upload-words")) {
      const container = words.closest("[class*=st-key-upload-]");
      const field = container && container.querySelector("[data-testid=stFileUploader]");
      if (!field) continue;
      const { choose, other, remove, limit, label } = words.dataset;
      const button = field.querySelector("[data-testid=stBaseButton-secondary]");
      if (button) {
        say(button.querySelector("p").firstChild, choose);
        call(button, `${choose} : ${label}`);
      }
      const note = field.querySelector("[data-testid=stFileUploaderDropzoneInstructions] span");
      say(note && note.firstChild, limit);
      const more = field.querySelector("[data-testid=stBaseButton-borderlessIcon]");
      call(more, `${other} : ${label}`);
      call(field.querySelector("input[type=file]"), label);
      const refused = new Set();
      for (const chip of field.querySelectorAll("[data-testid=stFileChip]")) {
        const name = chip.querySelector("[data-testid=stFileChipName]").textContent;
        const size = chip.querySelector("[data-testid=stFileChipName] + div");
        if (size && lang === "fr") say(size.firstChild, size.textContent.replace(/^(\d+)\.(\d)([KM])B$/, "$1,$2 $3o"));
        call(chip.querySelector("[data-testid=stFileChipDeleteBtn] button"), remove.replace("{name}", name));
        const error = chip.querySelector("[role=alert]");
        if (error) {
          refused.add(/smaller/.test(error.textContent) ? "large" : "failed");
          if (!error.hidden) error.hidden = true; // read aloud in English otherwise
        }
      }
      for (const sentence of words.querySelectorAll("[data-when]")) {
        const hidden = !refused.has(sentence.dataset.when);
        if (sentence.hidden !== hidden) sentence.hidden = hidden;
      }
    }
  };

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
  const place = () => {
    const client = new URLSearchParams(location.search).get("client");
    return [location.pathname, client, Boolean(document.querySelector(".pn-sign-in"))].join("?");
  };
  let opened = null; // the screen whose field has had the focus
  let marked = null; // the marked container that has had it
  let pending = true;
  let given = null; // the field that was given the focus, until somebody does something

  const isStill = () => {
    const app = document.querySelector("[data-test-script-state]");
    // A kind of widget that is drawn for the first time arrives after the others: its place is held meanwhile.
    const held = main().querySelector("[data-testid=stSkeleton]");
    return !held && (!app || app.dataset.testScriptState === "notRunning");
  };

  const firstEmpty = (fields) => fields.find((field) => !field.value) || fields[0];

  const settle = () => {
    speak();
    follow();
    const container = document.querySelector(MARKED);
    if (place() !== opened) [opened, pending] = [place(), true];
    if (container && container !== marked) pending = true;
    marked = container;
    // Between two runs the screen that is left is still for a moment: what had the focus there is gone with it.
    if (given && !given.isConnected) [given, pending] = [null, true];
    if (!pending || !isStill()) return;
    const signIn = document.querySelector(".pn-sign-in");
    const within = container || signIn || main();
    const wanted = container ? `${FIELDS}, button, input, a[href], [role=spinbutton]` : FIELDS;
    const fields = [...within.querySelectorAll(wanted)].filter((field) => isThere(field) && field.type !== "hidden");
    if (!fields.length) return;
    pending = false;
    given = signIn ? firstEmpty(fields) : fields[0];
    // The receipt is read from its top, and so is what a count has found.
    given.focus({ preventScroll: Boolean(main().querySelector(FROM_ITS_TOP)) });
  };

  // ---- What comes back from a click is brought into sight ----------------------------------------------------------

  // A refusal may stand above what a telephone shows, what has to be confirmed below the screen. Not at once: whatever
  // scrolls under a double click would get its second half.
  const SAVED = ".pn-saved";
  const VERDICT = ".pn-verdict[role=status]"; // stays while its submission is refused
  const FROM_ITS_TOP = `${SAVED}, ${VERDICT}`;
  const ANSWERS = `${SAVED}, .pn-refusal, .st-key-concerns, .pn-decided`;
  const SECOND_CLICK_MS = 500;
  const SLOWEST_ANSWER_MS = 10000;
  let askedAt = null; // when a button was last clicked or a form entered, unless something else was done since

  const follow = () => {
    const who = document.querySelector(".pn-who[lang]");
    if (who && who.lang !== document.documentElement.lang) document.documentElement.lang = who.lang;
    const waited = askedAt === null ? -1 : performance.now() - askedAt;
    if (waited < SECOND_CLICK_MS || waited > SLOWEST_ANSWER_MS || !isStill()) return;
    const answer = main().querySelector(ANSWERS) || main().querySelector(VERDICT);
    if (answer) answer.scrollIntoView({ block: answer.matches(FROM_ITS_TOP) ? "start" : "nearest" });
  };

  const ask = (event) => {
    const asks = { click: "[data-testid=stMain] button", Enter: "[data-testid=stForm] *" }[event.key || event.type];
    askedAt = asks && event.target.closest && event.target.closest(asks) ? performance.now() : null;
    if (askedAt !== null) setTimeout(follow, SECOND_CLICK_MS + 1);
  };
  for (const kind of ["pointerdown", "keydown", "click", "wheel", "touchmove"]) {
    document.addEventListener(kind, ask, { capture: true, passive: true });
  }

  new MutationObserver(settle).observe(document, { attributes: true, childList: true, subtree: true });
  // Whoever types or clicks has chosen their own place, and so has an aid that goes to a field by itself.
  const leaveAlone = (event) => {
    if (!event.target.closest || event.target.closest("[data-testid=stMain]")) [pending, given] = [false, null];
  };
  document.addEventListener("pointerdown", leaveAlone, true);
  document.addEventListener("keydown", leaveAlone, true);
  document.addEventListener("focusin", (event) => {
    if (event.target !== given && event.target.matches(FIELDS)) leaveAlone(event);
  }, true);

  // ---- Enter goes to the next field of a count, as on the numeric pad of an adding machine --------------------------

  document.addEventListener("keydown", (event) => {
    const lines = event.key === "Enter" && event.target.closest(".st-key-focus-here-count, .st-key-focus-here-bag");
    const fields = lines ? [...lines.querySelectorAll(FIELDS)].filter(isThere) : [];
    const next = fields[fields.indexOf(event.target) + 1];
    if (!next || !fields.includes(event.target)) return;
    next.focus();
    next.select();
  });

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

  // ---- The menu of a telephone closes on the page that was chosen --------------------------------------------------

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("[data-testid=stSidebar] a[href]");
    const close = link && document.querySelector("[data-testid=stSidebarCollapseButton] button");
    if (close) close.click();
  });

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
