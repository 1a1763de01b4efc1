namespace RedisPatterns.StackExchangeRedis.Batches;

/// <summary>The script that carries out any batch; <see cref="BatchRequest"/> writes what it reads.</summary>
internal static class BatchScript
{
    public static AtomicScript<StoreReply> Instance { get; } = new("atomic batch", Lua, Replies.Raw);

    /// <summary>Lua's stack ends a little behind this number of arguments.</summary>
    public const int MaximumArguments = 7_900;

    // What it answers: {'k', replies...} committed; {'r', text} replayed; {'c', index, error} a condition; {'x', index, error}
    // a command; {'w', error} the whole refused; {'u', index} needs a rollback that the server can not do; {'!', index,
    // error} a command failed that was sure to succeed, after others had written.
    private const string Lua = """
        local KEYS, ARGV, call, pcall, unpack = KEYS, ARGV, redis.call, redis.pcall, unpack
        local conditions, prechecks, n = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local guard, life, undo, firstWrite = ARGV[4] == '1', ARGV[5], ARGV[6] == '1', tonumber(ARGV[7])
        local at = 7

        local function failed(r) return type(r) == 'table' and r.err or nil end

        -- Numbers as text: Lua's own are exact to 2^53 only.
        local function order(a, b)
          local minus = a:byte() == 45
          if minus ~= (b:byte() == 45) then return minus and -1 or 1 end
          if a == b then return 0 end
          local less
          if #a ~= #b then less = #a < #b else less = a < b end
          return (less ~= minus) and -1 or 1
        end
        local function isInteger(s)
          return s == '0' or (s:find('^%-?[1-9]%d*$') ~= nil
            and order(s, '-9223372036854775808') >= 0 and order(s, '9223372036854775807') <= 0)
        end
        local function isDecimal(s)
          local m = s:gsub('[eE][+-]?%d+$', '')
          return m:find('^[+-]?%d+%.?%d*$') ~= nil or m:find('^[+-]?%.%d+$') ~= nil
        end
        local function number(s)
          if isDecimal(s) then
            local v, mantissa = tonumber(s), s:gsub('[eE].*$', '')
            if v == math.huge or v == -math.huge or (v == 0 and mantissa:find('[1-9]')) then return nil end
            return v
          end
          local l = s:lower():gsub('^%+', '')
          if l == 'inf' or l == 'infinity' then return math.huge end
          if l == '-inf' or l == '-infinity' then return -math.huge end
        end
        local function sign(a, b) if a < b then return -1 elseif a > b then return 1 end return 0 end
        local function compares(how, o)
          if how == 'eq' then return o == 0 elseif how == 'ne' then return o ~= 0 elseif how == 'lt' then return o < 0
          elseif how == 'le' then return o <= 0 elseif how == 'gt' then return o > 0 end
          return o >= 0
        end
        local function typeOf(key)
          local r = call('TYPE', key)
          return type(r) == 'table' and r.ok or r
        end

        -- Whether a read still gives the reply of a fingerprint.
        local function gives(count, want, doubles)
          local r = pcall(unpack(ARGV, at + 6, at + 5 + count))
          local e = failed(r)
          if e then return false, e end
          local parts, leaves = {}, 0
          local function leaf(r)
            leaves = leaves + 1
            if doubles and doubles:find(',' .. leaves .. ',', 1, true) then
              local v = tonumber(r)
              r = v and string.format('%.17g', v) or r
            end
            if type(r) == 'string' then r = '$' .. #r .. '\r\n' .. r .. '\r\n'
            elseif type(r) == 'number' then r = string.format(':%.0f\r\n', r)
            elseif type(r) == 'table' then r = '+' .. r.ok .. '\r\n'
            else r = '$-1\r\n' end
            parts[#parts + 1] = r
          end
          local function isList(r) return type(r) == 'table' and not r.ok end
          local function put(r)
            if not isList(r) then return leaf(r) end
            local pairs = #r > 0
            for i = 1, #r do
              local p = r[i]
              if not isList(p) or #p ~= 2 or isList(p[1]) or isList(p[2]) then
                pairs = false
                break
              end
            end
            parts[#parts + 1] = '*' .. (pairs and 2 * #r or #r) .. '\r\n'
            for i = 1, #r do
              if pairs then
                leaf(r[i][1])
                leaf(r[i][2])
              else
                put(r[i])
              end
            end
          end
          put(r)
          local text = table.concat(parts)
          return text == want or (#want == 40 and redis.sha1hex(text) == want)
        end

        local known = {none = true, string = true, list = true, set = true, zset = true, hash = true, stream = true}
        local function holds(kind, key, a, b, how)
          if kind == 'E' then return call('EXISTS', key) == 1 end
          if kind == 'A' then return call('EXISTS', key) == 0 end
          if kind == 'R' then return gives(tonumber(how), b, a ~= '0' and a) end
          if kind == 'T' then
            local t = typeOf(key)
            if a == 'other' then return not known[t] end
            return t == a
          end
          local r
          if kind == 'S' or kind == 'N' then r = pcall('GET', key)
          elseif kind == 'H' then r = pcall('HGET', key, a)
          elseif kind == 'h' or kind == 'x' then r = pcall('HEXISTS', key, a)
          elseif kind == 'M' or kind == 'm' then r = pcall('SISMEMBER', key, a)
          elseif kind == 'Z' or kind == 'z' or kind == 'O' then r = pcall('ZSCORE', key, a)
          else r = pcall(a, key) end
          local e = failed(r)
          if e then return false, e end
          if not r and (kind == 'S' or kind == 'N') then
            -- Garnet's GET answers nothing for a key of another type.
            e = failed(pcall('STRLEN', key))
            if e then return false, e end
          end
          if kind == 'S' then return r == a end
          if kind == 'H' then return r == b end
          if kind == 'h' or kind == 'M' then return r == 1 end
          if kind == 'x' or kind == 'm' then return r == 0 end
          if kind == 'Z' then return r and true or false end
          if kind == 'z' then return not r end
          if kind == 'O' then return r and compares(how, sign(number(r), number(b))) end
          if kind == 'C' then return compares(how, sign(r, tonumber(b))) end
          r = r or '0'
          if isInteger(r) then return compares(how, order(r, a)) end
          r = number(r)
          if not r then return false, 'ERR value is not a valid float' end
          return compares(how, sign(r, tonumber(a)))
        end

        -- Nothing when the check holds, '?' when it can not tell, else the error that the command would give.
        local function obstacle(kind, key, a, low, high)
          if kind == 'T' then return failed(pcall(a, key)) end
          if kind == 'B' then
            local t = typeOf(key)
            if t == 'none' or t == 'set' or t == 'zset' then return nil end
            return 'WRONGTYPE Operation against a key holding the wrong kind of value'
          end
          if kind == 'X' then return call('EXISTS', key) == 0 and 'ERR no such key' or nil end
          local r
          if kind == 'I' or kind == 'F' then r = pcall('GET', key)
          elseif kind == 'J' or kind == 'G' then r = pcall('HGET', key, a)
          elseif kind == 'D' then r = pcall('LINDEX', key, a)
          elseif kind == 'L' or kind == 'P' then r = pcall('STRLEN', key)
          elseif kind == 'Y' then r = pcall('ZSCORE', key, a)
          elseif kind == 'U' then r = call('EXISTS', key) == 1 and pcall('XINFO', 'STREAM', key) or false
          else r = call('EXISTS', key) == 1 and pcall('XINFO', 'GROUPS', key) or {} end
          local e = failed(r)
          if e then return e end
          if kind == 'I' or kind == 'J' then
            r = r or '0'
            if not isInteger(r) then
              return kind == 'I' and 'ERR value is not an integer or out of range' or 'ERR hash value is not an integer'
            end
            if order(r, low) < 0 or order(r, high) > 0 then return 'ERR increment or decrement would overflow' end
          elseif kind == 'F' or kind == 'G' then
            if not r or (#r < 250 and isDecimal(r) and not r:find('[eE][+-]?%d%d%d')) then return nil end
            local l = r:lower()
            if isDecimal(r) or #r >= 250 or l:find('^[+-]?0x') or l:find('^[+-]?inf') or l:find('^[+-]?nan') then return '?' end
            return kind == 'F' and 'ERR value is not a valid float' or 'ERR hash value is not a float'
          elseif kind == 'D' then
            if not r then return call('EXISTS', key) == 0 and 'ERR no such key' or 'ERR index out of range' end
          elseif kind == 'L' then
            if r > tonumber(high) then return 'ERR string exceeds maximum allowed size (proto-max-bulk-len)' end
          elseif kind == 'P' then
            if r == 0 and call('EXISTS', key) == 0 then return nil end
            local head = call('GETRANGE', key, '0', '7')
            if head:sub(5) == 'LLYH' then return nil end -- Garnet's own form
            local encoding = head:byte(5)
            if r < 16 or head:sub(1, 4) ~= 'HYLL' or encoding > 1 or (encoding == 0 and r ~= 12304) then
              return 'WRONGTYPE Key is not a valid HyperLogLog string value.'
            end
            if encoding == 1 then return '?' end
          elseif kind == 'Y' then
            if not r and call('EXISTS', key) == 1 then return 'ERR could not decode requested zset member' end
          elseif kind == 'U' then
            for i = 1, r and #r or 0, 2 do
              if r[i] == 'last-generated-id' then
                local ms, seq = r[i + 1]:match('^(%d+)%-(%d+)$')
                local newMs, newSeq = a:match('^(%d+)%-(%d+)$')
                local o = order(newMs, ms)
                if ms == '18446744073709551615' and seq == ms then
                  return 'ERR The stream has exhausted the last possible ID, unable to add more items'
                end
                if o < 0 or (o == 0 and order(newSeq, seq) <= 0) then
                  return 'ERR The ID specified in XADD is equal or smaller than the target stream top item'
                end
              end
            end
          else
            for i = 1, #r do
              for j = 1, #r[i], 2 do
                if r[i][j] == 'name' and r[i][j + 1] == a then return nil end
              end
            end
            return 'NOGROUP No such key or consumer group'
          end
        end

        if life ~= '0' then
          local old = pcall('GET', KEYS[1])
          if failed(old) then return {'w', old.err} end
          if old then return {'r', old} end
        end

        for i = 1, conditions do
          local ok, e = holds(ARGV[at + 1], KEYS[tonumber(ARGV[at + 2])], ARGV[at + 3], ARGV[at + 4], ARGV[at + 5])
          if not ok then return {'c', i - 1, e or false} end
          if ARGV[at + 1] == 'R' then at = at + tonumber(ARGV[at + 5]) end
          at = at + 5
        end

        local doubt, bad, why = {}, n + 1, nil
        for i = 1, prechecks do
          local p = at + (i - 1) * 7
          local command = tonumber(ARGV[p + 2])
          local e = obstacle(ARGV[p + 1], KEYS[tonumber(ARGV[p + 3])], ARGV[p + 4], ARGV[p + 5], ARGV[p + 6])
          if e and (e == '?' or ARGV[p + 7] == '0') then doubt[#doubt + 1] = command
          elseif e then
            bad, why = command, e
            break
          end
        end
        at = at + prechecks * 7
        local open = tonumber(ARGV[at + 1])
        for i = at + 2, at + 1 + open do doubt[#doubt + 1] = tonumber(ARGV[i]) end
        at = at + 1 + open

        local last = 0
        for i = 1, #doubt do
          if doubt[i] < bad and doubt[i] > last then last = doubt[i] end
        end
        if bad <= n then
          if last == 0 or not undo then return {'x', bad - 1, why} end
          last = bad
        elseif last > firstWrite and not undo then
          return {'u', last - 1}
        end

        -- At the memory limit a script is stopped at its first write or not at all.
        if guard then
          local e = failed(pcall('SETRANGE', KEYS[1], '0', ''))
          if e and (e:find('^OOM') or e:find('^READONLY') or e:find('^MISCONF') or e:find('^NOREPLICAS')) then return {'w', e} end
        end

        local saved, names, wrote = {}, {}, false
        local function save(key)
          if not saved[key] then
            saved[key] = {call('DUMP', key), call('PEXPIRETIME', key)}
            names[#names + 1] = key
          end
        end
        local function restore()
          for i = 1, #names do
            local key, s = names[i], saved[names[i]]
            call('DEL', key)
            if s[1] then call('RESTORE', key, s[2] > 0 and string.format('%.0f', s[2]) or '0', s[1], 'REPLACE', 'ABSTTL') end
          end
        end
        local function inPieces(from, step, first, to)
          local sum, size = 0, 7000 - 7000 % step
          for p = first + 1 + from, to, size do
            local args = {}
            for i = first, first + from do args[#args + 1] = ARGV[i] end
            for i = p, math.min(p + size - 1, to) do args[#args + 1] = ARGV[i] end
            local r = pcall(unpack(args))
            if failed(r) then return r end
            wrote, sum = true, sum + r
          end
          return sum
        end

        -- A field of more than 53 bits is read in two halves and written as text.
        local function wide(verb, key, kind, offset)
          local width = tonumber(kind:sub(2))
          local o = offset:sub(1, 1) == '#' and tonumber(offset:sub(2)) * width or tonumber(offset)
          local halves = call(verb, key, 'GET', 'u' .. (width - 32), string.format('%.0f', o),
            'GET', 'u32', string.format('%.0f', o + width - 32))
          local high, low, minus = halves[1], halves[2], ''
          if kind:sub(1, 1) == 'i' and high >= 2 ^ (width - 33) then
            minus, high, low = '-', 2 ^ (width - 32) - 1 - high, 4294967296 - low
          end
          local rest = high * 967296 + low
          local head = high * 4294 + math.floor(rest / 1000000)
          rest = rest % 1000000
          if head == 0 then return minus .. string.format('%.0f', rest) end
          return minus .. string.format('%.0f', head) .. string.format('%06.0f', rest)
        end
        local function fields(first, to)
          local verb, key, overflow, results, p = ARGV[first], ARGV[first + 1], 'WRAP', {}, first + 2
          while p <= to do
            local word = ARGV[p]:upper()
            if word == 'OVERFLOW' then
              overflow, p = ARGV[p + 1], p + 2
            else
              local kind, offset = ARGV[p + 1], ARGV[p + 2]
              local isWide, r = tonumber(kind:sub(2)) > 53, nil
              if word == 'GET' then
                r = pcall(verb, key, word, kind, offset)
              else
                local before = isWide and word == 'SET' and failed(pcall('STRLEN', key)) == nil and wide(verb, key, kind, offset)
                r = pcall(verb, key, 'OVERFLOW', overflow, word, kind, offset, ARGV[p + 3])
                if before and not failed(r) and r[1] then r = {before} end
              end
              if failed(r) then return r end
              wrote = wrote or word ~= 'GET'
              if isWide and r[1] and type(r[1]) ~= 'string' then r = {wide(verb, key, kind, offset)} end
              results[#results + 1] = r[1]
              p = p + (word == 'GET' and 3 or 4)
            end
          end
          return results
        end

        local replies, exact = {'k'}, {}
        for i = 1, n do
          if i == bad then
            restore()
            return {'x', bad - 1, why}
          end
          local count, mode = tonumber(ARGV[at + 1]), ARGV[at + 2]
          at = at + 2
          if undo then
            local written = tonumber(ARGV[at + 1])
            if i < last then
              for j = at + 2, at + 1 + written do save(KEYS[tonumber(ARGV[j])]) end
            end
            at = at + 1 + written
          end
          local r
          if mode == 'p' then
            r = inPieces(tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), at + 3, at + 2 + count)
            at = at + 2
          elseif mode == 'b' then
            r = fields(at + 1, at + count)
            exact[i] = true
          else
            r = pcall(unpack(ARGV, at + 1, at + count))
          end
          local e = failed(r)
          if e then
            if not wrote then return {'x', i - 1, e} end
            if i > last then return {'!', i - 1, e} end
            restore()
            return {'x', i - 1, e}
          end
          if mode ~= 'n' then wrote = true end
          if mode == 'i' and (r >= 9007199254740992 or r <= -9007199254740992) then
            if ARGV[at + 1] == 'INCRBY' then r = call('GET', ARGV[at + 2]) else r = call('HGET', ARGV[at + 2], ARGV[at + 3]) end
            exact[i] = true
          end
          replies[i + 1] = r
          at = at + count
        end

        if life ~= '0' then
          local function text(r, isExact)
            if isExact and type(r) == 'string' then return ':' .. r .. '\r\n' end
            if type(r) == 'number' then return string.format(':%.0f\r\n', r) end
            if type(r) == 'string' then return '$' .. #r .. '\r\n' .. r .. '\r\n' end
            if type(r) ~= 'table' then return '$-1\r\n' end
            if r.ok then return '+' .. r.ok .. '\r\n' end
            local parts = {'*' .. #r .. '\r\n'}
            for i = 1, #r do parts[i + 1] = text(r[i], isExact) end
            return table.concat(parts)
          end
          local parts = {'*' .. n .. '\r\n'}
          for i = 1, n do parts[i + 1] = text(replies[i + 1], exact[i]) end
          local e = failed(pcall('SET', KEYS[1], table.concat(parts), 'PX', life))
          if e then return {wrote and '!' or 'w', wrote and n or e, e} end
        end
        return replies
        """;
}
