// ruleid: audit-log
logger.warn('login failed')
// ok: audit-log
logger.info('cache warm')
