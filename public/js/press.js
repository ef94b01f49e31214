// @ts-check

/** @param {MouseEvent} event a press that would open the link here, not in a new window */
export function isPlain({ button, altKey, ctrlKey, metaKey, shiftKey }) {
  return button === 0 && !altKey && !ctrlKey && !metaKey && !shiftKey;
}
