import { ENDPOINTS } from '@/lib/api/endpoints'
import { getFacets } from '@/server/services/facets/get-facets'
import { route } from '../route'

export const POST = route(ENDPOINTS.facets, ({ ctx, input }) => getFacets(ctx, input))
