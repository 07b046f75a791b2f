/** A text with its percent-encoded ASCII characters read, as in a URI; what is no such encoding stays. */
export function percentDecoded(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
