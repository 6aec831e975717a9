/** What customers ask, and what the models answer: messages in the shape of the GenAI conventions. */

export type Part =
  | { readonly type: 'text'; readonly content: string }
  | {
      readonly type: 'tool_call'
      readonly id: string
      readonly name: string
      readonly arguments: Readonly<Record<string, string | number>>
    }
  | { readonly type: 'tool_call_response'; readonly id: string; readonly response: string }
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly parts: readonly Part[]
  readonly finish_reason?: string
}

export const text = (role: Message['role'], content: string): Message => ({
  role,
  parts: [{ type: 'text', content }],
})

export interface Model {
  readonly name: string
  readonly answeredAs: string
  readonly provider: string
  readonly host: string
  /** US dollars for a million tokens. */
  readonly price: readonly [input: number, output: number]
  readonly msPerToken: number
}

export const MODELS = {
  'gpt-4o-mini': {
    name: 'gpt-4o-mini',
    answeredAs: 'gpt-4o-mini-2024-07-18',
    provider: 'openai',
    host: 'api.openai.com',
    price: [0.15, 0.6],
    msPerToken: 9,
  },
  'gpt-5-mini': {
    name: 'gpt-5-mini',
    answeredAs: 'gpt-5-mini-2025-08-07',
    provider: 'openai',
    host: 'api.openai.com',
    price: [0.25, 2],
    msPerToken: 11,
  },
  'claude-sonnet-4-5': {
    name: 'claude-sonnet-4-5',
    answeredAs: 'claude-sonnet-4-5-20250929',
    provider: 'anthropic',
    host: 'api.anthropic.com',
    price: [3, 15],
    msPerToken: 14,
  },
} as const satisfies Record<string, Model>

export const SYSTEM_PROMPT =
  'You are Lumi, the shop assistant. Help customers find products and follow their orders. Use the tools; never invent stock or prices. Answer in at most three sentences.'

export interface Conversation {
  readonly question: string
  readonly tool: string
  readonly arguments: Readonly<Record<string, string | number>>
  readonly result: string
  readonly answer: string
}

export const CONVERSATIONS: readonly Conversation[] = [
  {
    question: 'Which telescope would you recommend for a ten year old? Budget is about 250 euros.',
    tool: 'search_products',
    arguments: { query: 'beginner telescope', max_price_eur: 250, limit: 3 },
    result:
      '[{"id":"LMN-1111","name":"Comet 80 refractor","price_eur":249.0,"stock":14},{"id":"LMN-1185","name":"Pocket planisphere","price_eur":14.5,"stock":212}]',
    answer:
      'The Comet 80 refractor (249 €) is light and simple to point, a good first telescope. Add the Pocket planisphere for 14.50 € and the first night needs no app. Both are in stock.',
  },
  {
    question: 'Where is my order ord_7f31c2aa? It should have come yesterday.',
    tool: 'get_order',
    arguments: { order_id: 'ord_7f31c2aa' },
    result:
      '{"order_id":"ord_7f31c2aa","state":"in_transit","carrier":"northpost","last_scan":"Hub Leipzig","eta":"tomorrow 14:00"}',
    answer:
      'Your parcel was last scanned at the Leipzig hub and is now expected tomorrow by 14:00. I am sorry for the delay: I can tell the carrier to leave it with a neighbour if you like.',
  },
  {
    question: 'Do you have a tent for two that survives wind above the tree line?',
    tool: 'search_products',
    arguments: { query: 'two person tent storm proof', limit: 5 },
    result: '[{"id":"LMN-1333","name":"Ridge 2 tent","price_eur":289.0,"stock":6,"wind_rating_kmh":110}]',
    answer:
      'The Ridge 2 is built for that: two people, tested up to 110 km/h of wind, 289 €. Six are in stock, and it ships today if you order before 16:00.',
  },
  {
    question: 'My payment was declined twice but my bank says everything is fine. What is going on?',
    tool: 'get_payment_status',
    arguments: { order_id: 'ord_19be04d7' },
    result:
      '{"order_id":"ord_19be04d7","attempts":2,"card_type":"visa","last_error":"issuer timeout","charged":false}',
    answer:
      'Your bank did not answer our payment provider in time, so nothing was charged. Please try again in a few minutes or use another card; your cart is kept for 24 hours.',
  },
  {
    question: 'Can I return an opened stove?',
    tool: 'search_help',
    arguments: { query: 'return policy opened stove gas' },
    result:
      '[{"title":"Returns of fuel appliances","text":"Opened stoves can be returned within 30 days if unused with fuel."}]',
    answer:
      'Yes, within 30 days, as long as it has not been used with fuel. Start the return in your account under Orders and the label comes by e-mail.',
  },
]

export const TOOL_DEFINITIONS = [
  {
    type: 'function',
    name: 'search_products',
    description: 'Full text and vector search in the catalogue',
    parameters: {
      type: 'object',
      properties: {
        query: { type: 'string' },
        max_price_eur: { type: 'number' },
        limit: { type: 'integer' },
      },
      required: ['query'],
    },
  },
  {
    type: 'function',
    name: 'get_order',
    description: 'State and shipment of an order',
    parameters: { type: 'object', properties: { order_id: { type: 'string' } }, required: ['order_id'] },
  },
] as const

/** Models count about four characters a token. */
export const tokens = (content: string): number => Math.max(1, Math.round(content.length / 4))
