/** The text as an address to link to, only when all of it is one with http or https; else null. */
export function safeUrl(text: string): string | null {
  if (!/^https?:\/\/[^\s]+$/i.test(text)) return null
  const url = URL.parse(text)
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null
}
