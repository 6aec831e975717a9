import type { TraceModel } from './model'
import { isLog, isSpan } from './rows'

/**
 * Spans and logs that contain all words of `text`, any case: a word is looked for in service, operation and span id,
 * or in a log's service and body. `alsoSpanIds` are matches found elsewhere (attributes, by the server).
 * @returns nodes in the order of rows.
 */
export function matchNodes(
  model: TraceModel,
  text: string,
  alsoSpanIds: ReadonlySet<string> = new Set(),
): Int32Array {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = new Int32Array(model.nodeCount)
  let count = 0
  if (words.length === 0 && alsoSpanIds.size === 0) return found.subarray(0, 0)
  const { spans, serviceNames, spanNames, logs } = model.skeleton
  // Names repeat: each distinct one is searched once.
  const inService = words.map((word) => serviceNames.map((name) => name.toLowerCase().includes(word)))
  const inName = words.map((word) => spanNames.map((name) => name.toLowerCase().includes(word)))
  const spanMatches = (node: number) =>
    words.every(
      (word, w) =>
        inService[w]![spans.service[node]!] ||
        inName[w]![spans.name[node]!] ||
        spans.spanId[node]!.includes(word),
    )
  const logMatches = (node: number) => {
    const log = logs[node - model.spanCount]!
    const haystack = `${log.service}\n${log.body}`.toLowerCase()
    return words.every((word) => haystack.includes(word))
  }
  for (let position = 0; position < model.nodeCount; position++) {
    const node = model.order[position]!
    const matches = isSpan(model, node)
      ? (words.length > 0 && spanMatches(node)) || alsoSpanIds.has(spans.spanId[node]!)
      : isLog(model, node) && words.length > 0 && logMatches(node)
    if (matches) found[count++] = node
  }
  return found.subarray(0, count)
}

/** Index of the match after (or before) a node in the order of rows, round the end; -1 without matches. */
export function nextMatch(model: TraceModel, matches: Int32Array, from: number | null, step: 1 | -1): number {
  if (matches.length === 0) return -1
  if (from === null) return step === 1 ? 0 : matches.length - 1
  const here = model.position[from]!
  if (step === 1) {
    const index = matches.findIndex((node) => model.position[node]! > here)
    return index === -1 ? 0 : index
  }
  const index = matches.findLastIndex((node) => model.position[node]! < here)
  return index === -1 ? matches.length - 1 : index
}
