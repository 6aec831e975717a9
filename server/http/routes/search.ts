import { ENDPOINTS } from '@/lib/api/endpoints'
import { search, searchChunks } from '@/server/services/search/search'
import { ndjson, wantsNdjson } from '../ndjson'
import { route } from '../route'

export const POST = route(ENDPOINTS.search, async ({ ctx, input, headers }) =>
  wantsNdjson(headers)
    ? ndjson((signal) => searchChunks({ ...ctx, signal }, input), ctx)
    : search(ctx, input),
)
