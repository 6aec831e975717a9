import { asArray, asObject, asText, parseJson, prettyJson, stringOf } from './json'
import { type GenAiEvent, parseEvents, parseFlattened, parseStructured } from './legacy'
import type { ChatMessage } from './messages'

type Attributes = Readonly<Record<string, string>>

export interface ToolDefinition {
  name: string
  description: string
  parameters: string
}

export interface ToolCallView {
  name: string
  id: string
  type: string
  description: string
  arguments: string
  result: string
}

/** What a person wants to know of a GenAI or MCP span. Empty strings and null: not told. */
export interface GenAiView {
  operation: string
  provider: string
  requestModel: string
  responseModel: string
  agent: string
  conversationId: string
  inputTokens: number | null
  outputTokens: number | null
  cachedTokens: number | null
  finishReasons: string[]
  /** temperature, max_tokens, … as sent. */
  settings: [name: string, value: string][]
  messages: ChatMessage[]
  toolDefinitions: ToolDefinition[]
  /** The span itself is the run of a tool. */
  toolCall: ToolCallView | null
  mcp: [name: string, value: string][]
}

const SETTINGS = [
  'temperature',
  'top_p',
  'top_k',
  'max_tokens',
  'frequency_penalty',
  'presence_penalty',
  'stop_sequences',
  'seed',
  'choice.count',
  'encoding_formats',
] as const

/** Reads `gen_ai.*` and `mcp.*`, current and older forms; null when the span has none. Never throws. */
export function genAiView(attributes: Attributes, events: readonly GenAiEvent[] = []): GenAiView | null {
  const keys = Object.keys(attributes)
  const isGenAi =
    keys.some((key) => key.startsWith('gen_ai.') || key.startsWith('mcp.')) ||
    events.some((event) => event.name.startsWith('gen_ai.'))
  if (!isGenAi) return null
  const get = (...names: string[]) => names.map((name) => attributes[name]).find((value) => value) ?? ''
  const structured = parseStructured(attributes)
  const flattened = [
    ...parseFlattened(attributes, 'gen_ai.prompt.', 'input'),
    ...parseFlattened(attributes, 'gen_ai.completion.', 'output'),
  ]
  // Senders that dual-write give the same conversation twice: the newest form wins.
  const messages = [structured, flattened].find((list) => list.length > 0) ?? parseEvents(events)
  return {
    operation: get('gen_ai.operation.name'),
    provider: get('gen_ai.provider.name', 'gen_ai.system'),
    requestModel: get('gen_ai.request.model'),
    responseModel: get('gen_ai.response.model'),
    agent: get('gen_ai.agent.name', 'gen_ai.agent.id'),
    conversationId: get('gen_ai.conversation.id'),
    inputTokens: count(get('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens')),
    outputTokens: count(get('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens')),
    cachedTokens: count(get('gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens')),
    finishReasons: finishReasons(get('gen_ai.response.finish_reasons'), messages),
    settings: SETTINGS.flatMap((name): [string, string][] => {
      const value = attributes[`gen_ai.request.${name}`]
      return value ? [[name, value]] : []
    }),
    messages,
    toolDefinitions: toolDefinitions(get('gen_ai.tool.definitions', 'gen_ai.request.tools')),
    toolCall: toolCall(attributes),
    mcp: keys
      .filter((key) => key.startsWith('mcp.') || key.startsWith('jsonrpc.'))
      .map((key) => [key, attributes[key] ?? '']),
  }
}

function count(text: string): number | null {
  const value = Number(text)
  return text !== '' && Number.isFinite(value) && value >= 0 ? value : null
}

function finishReasons(text: string, messages: readonly ChatMessage[]): string[] {
  const listed = asArray(parseJson(text))?.map(asText) ?? (text === '' ? [] : [text])
  if (listed.length > 0) return listed
  return [...new Set(messages.map((message) => message.finishReason).filter(Boolean))]
}

function toolDefinitions(text: string): ToolDefinition[] {
  const list = asArray(parseJson(text))
  if (!list) return text === '' ? [] : [{ name: '', description: '', parameters: text }]
  return list.map((item) => {
    const object = asObject(item) ?? {}
    const tool = asObject(object.function) ?? object
    return {
      name: stringOf(tool, 'name'),
      description: stringOf(tool, 'description'),
      parameters: asText(tool.parameters ?? tool.input_schema ?? tool.inputSchema),
    }
  })
}

function toolCall(attributes: Attributes): ToolCallView | null {
  const get = (name: string) => attributes[name] ?? ''
  const name = get('gen_ai.tool.name') || get('mcp.tool.name')
  if (name === '' && get('gen_ai.tool.call.id') === '') return null
  return {
    name,
    id: get('gen_ai.tool.call.id'),
    type: get('gen_ai.tool.type'),
    description: get('gen_ai.tool.description'),
    arguments: prettyJson(get('gen_ai.tool.call.arguments') || get('mcp.tool.arguments')),
    result: prettyJson(get('gen_ai.tool.call.result') || get('mcp.tool.result')),
  }
}

/** Attributes that the section shows in a better form than as key and value. */
export function isShownByGenAi(key: string): boolean {
  return (
    key === 'gen_ai.input.messages' ||
    key === 'gen_ai.output.messages' ||
    key === 'gen_ai.system_instructions' ||
    key === 'gen_ai.tool.definitions' ||
    key === 'gen_ai.request.tools' ||
    key === 'gen_ai.tool.call.arguments' ||
    key === 'gen_ai.tool.call.result' ||
    /^gen_ai\.(prompt|completion)\.\d+\./.test(key)
  )
}
