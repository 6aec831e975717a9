import { asObject, asText, parseJson, prettyJson } from './json'
import { type ChatMessage, type ChatPart, parseMessage, parseMessages, textPart } from './messages'

type Attributes = Readonly<Record<string, string>>

/** Something that happened in a span: an event of it, or a log record with an event name. */
export interface GenAiEvent {
  name: string
  attributes: Attributes
  body?: string
}

const MAX_MESSAGES = 1000

/** `gen_ai.prompt.0.role`, `.content`, `.tool_calls.0.name` and `gen_ai.completion.…`: flattened messages. */
export function parseFlattened(attributes: Attributes, prefix: string, direction: 'input' | 'output') {
  const byIndex = new Map<number, Map<string, string>>()
  for (const [key, value] of Object.entries(attributes)) {
    if (!key.startsWith(prefix)) continue
    const match = /^(\d{1,4})\.(.+)$/.exec(key.slice(prefix.length))
    if (!match) continue
    const index = Number(match[1])
    if (index >= MAX_MESSAGES) continue
    const fields = byIndex.get(index) ?? new Map<string, string>()
    fields.set(match[2]!, value)
    byIndex.set(index, fields)
  }
  return [...byIndex]
    .sort(([a], [b]) => a - b)
    .map(([, fields]): ChatMessage => {
      const role = fields.get('role') ?? (direction === 'output' ? 'assistant' : 'user')
      const parts: ChatPart[] = []
      const content = fields.get('content')
      if (content) parts.push(...contentParts(content, role, fields.get('tool_call_id') ?? ''))
      parts.push(...flattenedCalls(fields))
      return { role, direction, parts, finishReason: fields.get('finish_reason') ?? '' }
    })
}

function contentParts(content: string, role: string, id: string): ChatPart[] {
  if (role === 'tool') return [{ kind: 'tool_result', text: prettyJson(content), name: '', id }]
  // Some senders put a JSON list of parts into the content.
  if (content.trimStart().startsWith('[{')) {
    return parseMessages(content, 'input', role).flatMap((message) => message.parts)
  }
  return [textPart(content)]
}

function flattenedCalls(fields: ReadonlyMap<string, string>): ChatPart[] {
  const calls = new Map<number, ChatPart>()
  for (const [key, value] of fields) {
    const match = /^tool_calls\.(\d{1,3})\.(name|arguments|id)$/.exec(key)
    if (!match) continue
    const index = Number(match[1])
    const call = calls.get(index) ?? { kind: 'tool_call', text: '', name: '', id: '' }
    if (match[2] === 'name') call.name = value
    else if (match[2] === 'id') call.id = value
    else call.text = prettyJson(value)
    calls.set(index, call)
  }
  return [...calls].sort(([a], [b]) => a - b).map(([, call]) => call)
}

const EVENT_ROLES: Readonly<Record<string, string>> = {
  'gen_ai.system.message': 'system',
  'gen_ai.user.message': 'user',
  'gen_ai.assistant.message': 'assistant',
  'gen_ai.tool.message': 'tool',
  'gen_ai.choice': 'assistant',
}

/** Messages that were sent as events: `gen_ai.user.message`, `gen_ai.choice`, `gen_ai.content.prompt`, … */
export function parseEvents(events: readonly GenAiEvent[]): ChatMessage[] {
  return events.slice(0, MAX_MESSAGES).flatMap((event): ChatMessage[] => {
    const { name, attributes } = event
    if (name === 'gen_ai.content.prompt') return parseMessages(attributes['gen_ai.prompt'], 'input', 'user')
    if (name === 'gen_ai.content.completion') {
      return parseMessages(attributes['gen_ai.completion'], 'output', 'assistant')
    }
    if (name === 'gen_ai.client.inference.operation.details') return parseStructured(attributes)
    const role = EVENT_ROLES[name]
    if (!role) return []
    const direction = name === 'gen_ai.choice' ? 'output' : 'input'
    const fields: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(attributes)) {
      fields[key.replace(/^gen_ai\.event\./, '')] = key === 'message' ? (parseJson(value) ?? value) : value
    }
    if (event.body) Object.assign(fields, asObject(parseJson(event.body)) ?? { content: event.body })
    if (typeof fields.message === 'string') fields.content = fields.message
    if (typeof fields.content === 'string') fields.content = parseJson(fields.content) ?? fields.content
    if (!('content' in fields) && !('message' in fields) && !('tool_calls' in fields)) {
      fields.content = asText(attributes)
    }
    return [parseMessage(fields, direction, role)]
  })
}

/** The current form: JSON in three attributes, of a span or of an event. */
export function parseStructured(attributes: Attributes): ChatMessage[] {
  return [
    ...parseMessages(attributes['gen_ai.system_instructions'], 'input', 'system'),
    ...parseMessages(attributes['gen_ai.input.messages'], 'input', 'user'),
    ...parseMessages(attributes['gen_ai.output.messages'], 'output', 'assistant'),
  ]
}
