import { asArray, asObject, asText, type JsonObject, parseJson, prettyJson, stringOf } from './json'

export interface ChatPart {
  kind: 'text' | 'reasoning' | 'tool_call' | 'tool_result' | 'other'
  /** What was said, the arguments, the result; JSON is indented. */
  text: string
  /** Name of the tool, or the type of an `other` part. */
  name: string
  /** Id of the tool call. */
  id: string
}

export interface ChatMessage {
  /** system, user, assistant, tool, or what the sender wrote. */
  role: string
  direction: 'input' | 'output'
  parts: ChatPart[]
  finishReason: string
}

export function textPart(text: string): ChatPart {
  return { kind: 'text', text, name: '', id: '' }
}

/**
 * Messages of `gen_ai.input.messages`, `gen_ai.output.messages` or `gen_ai.system_instructions`: a JSON array of
 * messages with `parts`, or of the older forms with `content`. Text that is not such JSON is one message.
 * https://opentelemetry.io/docs/specs/semconv/gen-ai/
 */
export function parseMessages(
  text: string | undefined,
  direction: 'input' | 'output',
  defaultRole: string,
): ChatMessage[] {
  if (text === undefined || text === '') return []
  const value = parseJson(text)
  const list = asArray(value) ?? (asObject(value) ? [value] : null)
  if (list === null) return [{ role: defaultRole, direction, parts: [textPart(text)], finishReason: '' }]
  // System instructions are a bare list of parts.
  if (list.length > 0 && list.every((item) => isPart(item))) {
    return [{ role: defaultRole, direction, parts: list.map(parsePart), finishReason: '' }]
  }
  return list.map((item) => parseMessage(item, direction, defaultRole))
}

function isPart(value: unknown): boolean {
  const object = asObject(value)
  return object !== null && typeof object.type === 'string' && !('role' in object) && !('parts' in object)
}

export function parseMessage(
  value: unknown,
  direction: 'input' | 'output',
  defaultRole: string,
): ChatMessage {
  const object = asObject(value)
  if (!object) return { role: defaultRole, direction, parts: [textPart(asText(value))], finishReason: '' }
  const message = asObject(object.message) ?? object
  const role = stringOf(message, 'role') || stringOf(object, 'role') || defaultRole
  const finishReason = stringOf(object, 'finish_reason', 'finishReason')
  const parts: ChatPart[] = []
  const content = message.parts ?? message.content ?? message.text
  const contents = asArray(content)
  const toolCallId = stringOf(message, 'tool_call_id') || (role === 'tool' ? stringOf(message, 'id') : '')
  if (contents) parts.push(...contents.map(parsePart))
  else if (content !== undefined && content !== null && content !== '') {
    const text = asText(content)
    parts.push(
      role === 'tool'
        ? { kind: 'tool_result', text: prettyJson(text), name: stringOf(message, 'name'), id: toolCallId }
        : textPart(text),
    )
  }
  const calls = typeof message.tool_calls === 'string' ? parseJson(message.tool_calls) : message.tool_calls
  for (const call of asArray(calls) ?? []) parts.push(toolCallPart(asObject(call) ?? {}))
  if (parts.length === 0 && finishReason === '') parts.push(textPart(asText(object)))
  return { role, direction, parts, finishReason }
}

export function parsePart(value: unknown): ChatPart {
  const object = asObject(value)
  if (!object) return textPart(asText(value))
  const type = stringOf(object, 'type')
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return textPart(asText(object.content ?? object.text))
    case 'reasoning':
    case 'thinking':
      return {
        kind: 'reasoning',
        text: asText(object.content ?? object.thinking ?? object.text),
        name: '',
        id: '',
      }
    case 'tool_call':
    case 'tool_use':
    case 'function_call':
    case 'function':
      return toolCallPart(object)
    case 'tool_call_response':
    case 'tool_result':
    case 'function_call_output': {
      const result = object.response ?? object.result ?? object.content ?? object.output
      return {
        kind: 'tool_result',
        text: prettyJson(asText(result)),
        name: stringOf(object, 'name'),
        id: stringOf(object, 'id', 'tool_use_id', 'tool_call_id', 'call_id'),
      }
    }
    default:
      if (type === '' && typeof object.content === 'string') return textPart(object.content)
      return { kind: 'other', text: asText(shortened(object)), name: type, id: stringOf(object, 'id') }
  }
}

function toolCallPart(object: JsonObject): ChatPart {
  const call = asObject(object.function) ?? object
  const input = call.arguments ?? call.input ?? object.arguments
  return {
    kind: 'tool_call',
    text: prettyJson(asText(input)),
    name: stringOf(call, 'name') || stringOf(object, 'name'),
    id: stringOf(object, 'id', 'call_id'),
  }
}

/** Inline pictures and sound are named, not printed. */
function shortened(object: JsonObject): JsonObject {
  const short: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(object)) {
    const long = typeof value === 'string' && value.length > 2000
    short[key] = long ? `${value.slice(0, 60)}… (${value.length} characters)` : value
  }
  return short
}
