-- wrk script: load.lua STYLE METHOD KEYS SIZE [ORDER]
--   STYLE   kvs | etcd | plain      METHOD  GET | PUT
--   KEYS    how many keys           SIZE    bytes of JSON in a PUT
--   ORDER   random (default) or sequence: each key once, split over the threads
local next_thread = 0

function setup(thread)
  thread:set("number", next_thread)
  next_thread = next_thread + 1
end

local style, method, keys, size, order
local count, failed = 0, 0

local function body(i)
  local text = string.format('{"id":%d,"name":"user %d","note":"', i, i)
  return text .. string.rep("x", math.max(0, size - #text - 2)) .. '"}'
end

function init(args)
  style, method, keys, size = args[1], args[2], tonumber(args[3]), tonumber(args[4])
  order = args[5] or "random"
  math.randomseed(4711 + number)
  wrk.headers["Content-Type"] = style == "etcd" and "application/x-www-form-urlencoded" or "application/json"
end

local function key()
  if order == "random" then
    return math.random(0, keys - 1)
  end
  local i = count * 2 + number
  count = count + 1
  return i % keys
end

function request()
  local i = key()
  if style == "plain" then
    return wrk.format("GET", "/")
  elseif style == "etcd" then
    local path = string.format("/v2/keys/bench/k%07d", i)
    return wrk.format(method, path, nil, method == "PUT" and "value=" .. body(i) or nil)
  end
  local path = string.format("/kv/bench/k%07d", i)
  return wrk.format(method, path, nil, method == "PUT" and body(i) or nil)
end

function done(summary, latency, requests)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status
      + summary.errors.timeout
  io.write(string.format("RESULT %.0f %.2f %.2f %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, errors))
end
