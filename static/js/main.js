/** Wakes every behaviour that the page asks for; a page without scripts lacks comfort, never content. */

import {
  Button,
  createAll,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
} from "govuk-frontend";

import { arrived } from "./behaviours/arrived.js";
import { askWho } from "./behaviours/ask-who.js";
import { attributed } from "./behaviours/attributed.js";
import { autosave } from "./behaviours/autosave.js";
import { changeKeys } from "./behaviours/change-keys.js";
import { clashRow } from "./behaviours/clash-row.js";
import { compareChoice } from "./behaviours/compare-choice.js";
import { copyLink } from "./behaviours/copy-link.js";
import { foldAll } from "./behaviours/fold-all.js";
import { growing } from "./behaviours/growing.js";
import { keptCopies } from "./behaviours/kept-copies.js";
import { keptCopy } from "./behaviours/kept-copy.js";
import { look } from "./behaviours/look.js";
import { presence } from "./behaviours/presence.js";
import { reached } from "./behaviours/reached.js";
import { runSources } from "./behaviours/run-sources.js";
import { textTools } from "./behaviours/text-tools.js";
import { typeAhead } from "./behaviours/type-ahead.js";
import { unsaved } from "./behaviours/unsaved.js";
import { settleSent } from "./writing/copies.js";

const BEHAVIOURS = {
  arrived,
  "ask-who": askWho,
  attributed,
  autosave,
  "change-keys": changeKeys,
  "clash-row": clashRow,
  "compare-choice": compareChoice,
  "copy-link": copyLink,
  "fold-all": foldAll,
  growing,
  "kept-copies": keptCopies,
  "kept-copy": keptCopy,
  look,
  presence,
  reached,
  "run-sources": runSources,
  "text-tools": textTools,
  "type-ahead": typeAhead,
  unsaved,
};

document.documentElement.classList.add("js-enabled");
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [Button, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink]) {
  createAll(component);
}

settleSent();
for (const element of document.querySelectorAll("[data-behaviour]")) {
  for (const name of element.dataset.behaviour.split(" ")) {
    BEHAVIOURS[name]?.(element);
  }
}
