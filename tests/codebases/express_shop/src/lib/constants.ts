const VERSION = 'v2'
export const API_PREFIX = '/api/' + VERSION
