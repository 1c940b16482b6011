"use strict";
// Opens the print dialogue as soon as the paper is there.
const paper = document.getElementById("paper");
paper.addEventListener("load", () => {
  paper.contentWindow.focus();
  paper.contentWindow.print();
});
