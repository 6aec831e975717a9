/** Text with the words of an in-trace search marked. */
export function Highlight({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text
  const lower = text.toLowerCase()
  // Lower case may have another length (İ): positions would be wrong, so such text stays plain.
  if (lower.length !== text.length) return text
  const cuts: [number, number][] = []
  for (const word of words) {
    const at = lower.indexOf(word)
    if (at !== -1) cuts.push([at, at + word.length])
  }
  if (cuts.length === 0) return text
  cuts.sort((a, b) => a[0] - b[0])
  const parts = []
  let done = 0
  for (const [from, to] of cuts) {
    if (from < done) continue
    if (from > done) parts.push(text.slice(done, from))
    parts.push(<mark key={from}>{text.slice(from, to)}</mark>)
    done = to
  }
  parts.push(text.slice(done))
  return parts
}
