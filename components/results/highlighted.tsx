interface Part {
  readonly at: number
  readonly text: string
  readonly marked: boolean
}

/** Marks the searched words in a text, any case. */
export function Highlighted({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text
  return partsOf(text, words).map((part) =>
    part.marked ? <mark key={part.at}>{part.text}</mark> : <span key={part.at}>{part.text}</span>,
  )
}

function partsOf(text: string, words: readonly string[]): Part[] {
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const parts: Part[] = []
  let at = 0
  // A split by one capturing group puts the matches at the odd places.
  for (const [index, piece] of text.split(new RegExp(`(${pattern})`, 'giu')).entries()) {
    if (piece !== '') parts.push({ at, text: piece, marked: index % 2 === 1 })
    at += piece.length
  }
  return parts
}
