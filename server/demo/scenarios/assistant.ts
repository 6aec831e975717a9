import { http, sql } from '../core/calls'
import type { Scene } from '../core/scene'
import { CONVERSATIONS, type Message, MODELS, type Model, SYSTEM_PROMPT, text } from './llm-content'
import { chatCompletion, embeddings } from './llm-gateway'
import { executeTool } from './mcp'
import { page, throughGateway } from './page'
import { listProducts } from './shared-calls'

/** A customer asks the assistant: an agent that calls a model, runs a tool, and calls the model again. */
export function askAssistant(scene: Scene): void {
  const { random } = scene
  const talk = random.pick(CONVERSATIONS)
  const model = random.weighted<Model>([
    [MODELS['gpt-5-mini'], 5],
    [MODELS['claude-sonnet-4-5'], 3],
    [MODELS['gpt-4o-mini'], 2],
  ])
  const conversationId = `conv_${random.hex(8)}`
  page(
    scene,
    { method: 'POST', route: '/assistant', attributes: { 'gen_ai.conversation.id': conversationId } },
    (web) => {
      throughGateway(web, 'POST', '/api/assistant/messages', '/api/assistant/messages', (gateway) => {
        http(gateway, 'assistant', { method: 'POST', route: '/v1/messages' }, (server) => {
          server.child(
            'invoke_agent Lumi',
            {
              attributes: {
                'gen_ai.operation.name': 'invoke_agent',
                'gen_ai.agent.name': 'Lumi',
                'gen_ai.agent.id': 'agent_lumi_eu',
                'gen_ai.provider.name': model.provider,
                'gen_ai.request.model': model.name,
                'gen_ai.conversation.id': conversationId,
              },
            },
            (agent) => {
              const call = { id: `call_${random.hex(8)}`, name: talk.tool, arguments: talk.arguments }
              const question = text('user', talk.question)
              const wish: Message = { role: 'assistant', parts: [{ type: 'tool_call', ...call }] }
              agent.spend(3)
              const shared = { model, system: SYSTEM_PROMPT, conversationId, tools: true }
              chatCompletion(agent, { ...shared, input: [question], output: wish })
              const ok = executeTool(agent, { ...call, result: talk.result })
              const response = ok ? talk.result : '{"error":"tool_error"}'
              const result: Message = {
                role: 'tool',
                parts: [{ type: 'tool_call_response', id: call.id, response }],
              }
              const answer = ok
                ? talk.answer
                : 'I cannot reach that system right now. Please try again in a few minutes, or write to help@shop.example.'
              chatCompletion(agent, {
                ...shared,
                input: [question, wish, result],
                output: text('assistant', answer),
              })
              agent.info('turn completed', {
                'gen_ai.conversation.id': conversationId,
                'gen_ai.tool.name': talk.tool,
                steps: 2,
              })
            },
          )
        })
      })
    },
  )
}

/** Search in the shop: an embedding of the words, nearest products, then their rows. */
export function search(scene: Scene): void {
  const { random } = scene
  const words = random.pick([
    'warm light for reading',
    'telescope for beginners',
    'map of the alps',
    'light two person tent',
    'quiet stove',
    'waterproof notebook',
  ])
  page(
    scene,
    {
      method: 'GET',
      route: '/search',
      path: `/search?q=${encodeURIComponent(words)}`,
      attributes: { 'shop.search.words': words },
    },
    (web) => {
      throughGateway(web, 'GET', '/api/search', `/api/search?q=${encodeURIComponent(words)}`, (gateway) => {
        embeddings(gateway, words)
        sql(
          gateway,
          {
            operation: 'SELECT',
            table: 'product_embeddings',
            text: 'SELECT product_id FROM product_embeddings ORDER BY embedding <=> $1 LIMIT 24',
            ms: 18,
            rows: 24,
          },
          (db) => {
            if (random.chance(0.05))
              db.spend(1400, 0.2).event('db.slow_query', {
                'db.plan': 'Seq Scan on product_embeddings',
                'db.rows.examined': 412_000,
              })
          },
        )
        listProducts(gateway, 'search', 24)
      })
    },
  )
}
