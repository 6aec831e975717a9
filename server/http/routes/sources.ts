import { ENDPOINTS } from '@/lib/api/endpoints'
import { listSources } from '@/server/services/sources/list-sources'
import { route } from '../route'

export const GET = route(ENDPOINTS.sources, ({ ctx }) => listSources(ctx))
