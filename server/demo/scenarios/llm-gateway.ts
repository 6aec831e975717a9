import type { ActiveSpan } from '../core/active-span'
import { endHttp, http } from '../core/calls'
import { Kind } from '../core/otlp'
import { INSTRUMENTATION } from '../shop/services'
import { type Message, MODELS, type Model, TOOL_DEFINITIONS, text, tokens } from './llm-content'
import { executeTool } from './mcp'

export interface ChatRequest {
  readonly model: Model
  readonly system: string
  readonly input: readonly Message[]
  readonly output: Message
  readonly conversationId?: string
  readonly tools?: boolean
}

/** A chat completion through the LLM gateway: guardrail, model call (with a retry when limited), usage log. */
export function chatCompletion(from: ActiveSpan, chat: ChatRequest): void {
  const route = '/api/inference/openai/chat/completions'
  http(
    from,
    'tfy-llm-gateway',
    {
      method: 'POST',
      route,
      attributes: {
        'tfy.span_type': 'ChatCompletion',
        'tfy.model.name': chat.model.name,
        'user.id': from.scene.shopper.userId,
      },
    },
    (gateway) => {
      const { random } = gateway
      gateway.child(
        'guardrail pii-redaction',
        { attributes: { 'tfy.span_type': 'Guardrail', 'guardrail.action': 'pass' } },
        (guard) => {
          guard.spend(6)
        },
      )
      const limited = random.chance(0.045)
      if (limited) {
        modelCall(gateway, chat, true)
        gateway.warn(`${chat.model.provider} answered 429, retrying in 400 ms`, {
          'gen_ai.request.model': chat.model.name,
          'retry.delay_ms': 400,
        })
        gateway.spend(400, 0.02)
      }
      modelCall(gateway, chat, false)
      const [input, output] = usage(chat)
      gateway.log(
        9,
        'inference',
        { 'gen_ai.request.model': chat.model.name, 'gen_ai.provider.name': chat.model.provider },
        {
          msg: 'inference completed',
          model: chat.model.name,
          usage: { input_tokens: input, output_tokens: output },
          cost_usd: cost(chat),
          retried: limited,
        },
      )
    },
  )
}

function usage(chat: ChatRequest): [input: number, output: number] {
  const sum = (messages: readonly Message[]): number =>
    messages.reduce((total, message) => total + tokens(JSON.stringify(message.parts)), 0)
  return [tokens(chat.system) + sum(chat.input) + (chat.tools ? 180 : 0), sum([chat.output])]
}

function cost(chat: ChatRequest): number {
  const [input, output] = usage(chat)
  return Math.round(input * chat.model.price[0] + output * chat.model.price[1]) / 1e6
}

function modelCall(gateway: ActiveSpan, chat: ChatRequest, limited: boolean): void {
  const { random } = gateway
  const { model } = chat
  const [inputTokens, outputTokens] = usage(chat)
  gateway.child(
    `chat ${model.name}`,
    {
      kind: Kind.Client,
      attributes: {
        'tfy.span_type': 'Model',
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': model.provider,
        'gen_ai.request.model': model.name,
        'gen_ai.request.temperature': 0.2,
        'gen_ai.request.max_tokens': 1024,
        'gen_ai.conversation.id': chat.conversationId,
        'server.address': model.host,
        'server.port': 443,
        'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: chat.system }]),
        'gen_ai.input.messages': JSON.stringify(chat.input),
        'gen_ai.tool.definitions': chat.tools ? JSON.stringify(TOOL_DEFINITIONS) : undefined,
      },
    },
    (call) => {
      const olderStyle = model.provider === 'anthropic'
      if (olderStyle) {
        // Instrumentations pinned to the conventions of v1.36 put the messages into events.
        call.set({ 'gen_ai.system': 'anthropic' })
        for (const message of chat.input)
          call.event(`gen_ai.${message.role}.message`, {
            'gen_ai.system': 'anthropic',
            content: content(message),
          })
      }
      const path = olderStyle ? '/v1/messages' : '/v1/chat/completions'
      call.child(
        `POST ${path}`,
        {
          kind: Kind.Client,
          scope: INSTRUMENTATION.nodejs.http,
          attributes: {
            'http.request.method': 'POST',
            'url.full': `https://${model.host}${path}`,
            'url.template': path,
            'server.address': model.host,
            'server.port': 443,
          },
        },
        (post) => {
          post.spend(limited ? 40 : 220, 0.3)
          if (!limited)
            post.event('first_token', {
              'gen_ai.server.time_to_first_token_ms': Math.round(post.nowMs - post.startMs),
            })
          if (!limited) post.spend(outputTokens * model.msPerToken, 0.2)
          post.httpStatus = limited ? 429 : 200
          if (limited) post.set({ 'http.response.header.retry-after': ['1'] })
          endHttp(post, 'client')
        },
      )
      if (limited) {
        call.throw(
          {
            type: 'RateLimitError',
            message: `429 Rate limit reached for ${model.name} in organization org-shop on tokens per min (TPM): Limit 200000, Used 199412, Requested 1604.`,
            frames: [
              'APIError.generate /app/node_modules/openai/core/error.js:63',
              'OpenAI.makeRequest /app/node_modules/openai/client.js:307',
              'async ProviderClient.chat /app/dist/providers/openai.js:88',
              'async Gateway.dispatch /app/dist/gateway.js:214',
            ],
          },
          'rate limited by provider',
        )
        return
      }
      const reason = chat.output.parts.some((part) => part.type === 'tool_call') ? 'tool_call' : 'stop'
      call.set({
        'gen_ai.response.id': `${olderStyle ? 'msg_01' : 'chatcmpl-'}${random.hex(12)}`,
        'gen_ai.response.model': model.answeredAs,
        'gen_ai.response.finish_reasons': [reason],
        'gen_ai.usage.input_tokens': inputTokens,
        'gen_ai.usage.output_tokens': outputTokens,
        'gen_ai.usage.cost': cost(chat),
        'gen_ai.output.type': 'text',
        'gen_ai.output.messages': JSON.stringify([{ ...chat.output, finish_reason: reason }]),
      })
      if (olderStyle) {
        call.event('gen_ai.choice', {
          'gen_ai.system': 'anthropic',
          index: 0,
          finish_reason: reason,
          message: content(chat.output),
        })
      }
    },
  )
}

const content = (message: Message): string =>
  message.parts.map((part) => (part.type === 'text' ? part.content : JSON.stringify(part))).join('\n')

/** Payment asks a small model about large orders. */
export function fraudScore(from: ActiveSpan, card: string): void {
  const question = `Order of ${from.random.int(200, 900)} EUR, ${card}, account age ${from.random.int(1, 900)} days, delivery equals billing address. Answer with a risk from 0 to 100.`
  chatCompletion(from, {
    model: MODELS['gpt-4o-mini'],
    system: 'You score payment fraud risk. Answer with one number.',
    input: [text('user', question)],
    output: text('assistant', String(from.random.int(2, 24))),
  })
  if (from.random.chance(0.5))
    executeTool(from, {
      name: 'lookup_bin',
      arguments: { bin: '453211', scheme: card },
      result: '{"country":"DE","type":"debit"}',
    })
}

export function embeddings(from: ActiveSpan, input: string): void {
  http(
    from,
    'tfy-llm-gateway',
    {
      method: 'POST',
      route: '/api/inference/openai/embeddings',
      attributes: { 'tfy.span_type': 'Embedding' },
    },
    (gateway) => {
      gateway.child(
        'embeddings text-embedding-3-small',
        {
          kind: Kind.Client,
          attributes: {
            'gen_ai.operation.name': 'embeddings',
            'gen_ai.provider.name': 'openai',
            'gen_ai.request.model': 'text-embedding-3-small',
            'gen_ai.response.model': 'text-embedding-3-small',
            'gen_ai.request.encoding_formats': ['base64'],
            'gen_ai.embeddings.dimension.count': 1536,
            'gen_ai.usage.input_tokens': tokens(input),
            'server.address': 'api.openai.com',
            'server.port': 443,
          },
        },
        (span) => void span.spend(70, 0.4),
      )
      gateway.spend(0.6)
    },
  )
}
