/** A text as part of an address. Half a character, such as a slice may leave of an emoji, has no encoding: it becomes U+FFFD. */
export function uriComponent(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
}
