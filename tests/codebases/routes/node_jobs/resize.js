module.exports = function resize(job) { return job.data }
