import { expect, it } from 'vitest'
import { readLines } from './read-lines'

function streamOf(chunks: readonly Uint8Array[], onCancel = () => {}): ReadableStream<Uint8Array> {
  const rest = [...chunks]
  return new ReadableStream({
    pull(controller) {
      const next = rest.shift()
      if (next) controller.enqueue(next)
      else controller.close()
    },
    cancel: onCancel,
  })
}

const bytes = (text: string) => new TextEncoder().encode(text)

it('joins lines and characters that were cut between chunks', async () => {
  const [first, second] = [bytes('{"a":"é"}\n{"b"').slice(0, 7), bytes('{"a":"é"}\n{"b"').slice(7)]
  const lines: string[] = []
  for await (const line of readLines(streamOf([first, second, bytes(':2}\n\nlast')]))) lines.push(line)
  expect(lines).toEqual(['{"a":"é"}', '{"b":2}', 'last'])
})

it('closes the stream when the reader leaves early', async () => {
  let cancelled = false
  const stream = streamOf([bytes('1\n2\n'), bytes('3\n')], () => {
    cancelled = true
  })
  for await (const line of readLines(stream)) if (line === '1') break
  expect(cancelled).toBe(true)
})
