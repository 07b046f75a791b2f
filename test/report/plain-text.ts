/** Text with every white space as one blank, so that it is found however it is broken. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll('&amp;', '&')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}
