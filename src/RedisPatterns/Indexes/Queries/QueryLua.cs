namespace RedisPatterns;

/// <summary>The Lua of queries, in the order in which the script has it.</summary>
internal static class QueryLua
{
    /// <summary>Short names, the order of bytes, and the head of the arguments: see <see cref="QueryCall"/>.</summary>
    public const string Head = """
        local C=redis.call
        local unpack=unpack or table.unpack
        local huge,min,max,floor=math.huge,math.min,math.max,math.floor
        local byte,sub,find,match,gmatch,format=string.byte,string.sub,string.find,string.match,string.gmatch,string.format
        local function N(s)
          if s=='inf' or s=='+inf' then return huge elseif s=='-inf' then return -huge end
          return tonumber(s)
        end
        local function before(a,b)
          if a==b then return false end
          for i=1,min(#a,#b) do
            local x,y=byte(a,i),byte(b,i)
            if x~=y then return x<y end
          end
          return #a<#b
        end
        local take,budget,want,okind,okey,desc=tonumber(ARGV[1]),tonumber(ARGV[2]),ARGV[3],ARGV[4],KEYS[tonumber(ARGV[5])],ARGV[6]=='D'
        local oseg,oname,olon,olat=tonumber(ARGV[7]),ARGV[8],tonumber(ARGV[9]),tonumber(ARGV[10])
        local mode,c1,c2,a1,a2,stamp,asked=ARGV[11],ARGV[12],ARGV[13],ARGV[14],ARGV[15],ARGV[16],ARGV[17]
        local layout,names=ARGV[18],{}
        for i=1,tonumber(ARGV[19]) do names[i]=ARGV[19+i] end
        if take==0 then take=huge end
        local touched,found,rows=0,0,{}
        local lastid,lastkeep
        local checks=tonumber(ARGV[#ARGV])
        local first=#ARGV-2*checks
        local states=C('HMGET',KEYS[3],unpack(ARGV,first,first+checks-1))
        for i=1,checks do
          if states[i]~=ARGV[first+checks+i-1] and (states[i] or C('EXISTS',KEYS[3])==1) then return {'stale'} end
        end

        """;

    /// <summary>Reads the conjuncts: see <see cref="QueryCompiler{T}"/>.</summary>
    public const string Parse = """
        local conj,p={},20+#names
        local function bounds(nd,a,b)
          nd.a,nd.b,nd.ax,nd.bx=a,b,byte(a)==40,byte(b)==40
          nd.lo,nd.hi=N(nd.ax and sub(a,2) or a),N(nd.bx and sub(b,2) or b)
        end
        local count=tonumber(ARGV[p])
        p=p+1
        for i=1,count do
          local last=p+tonumber(ARGV[p])
          local st={}
          p=p+1
          while p<=last do
            local o=ARGV[p]
            if o=='t' then
              local c=tonumber(ARGV[p+1])
              local nd={o='t'}
              for j=1,c do nd[j]=KEYS[tonumber(ARGV[p+1+j])] end
              st[#st+1]=nd p=p+2+c
            elseif o=='r' then
              local nd={o='r',k=KEYS[tonumber(ARGV[p+1])]}
              bounds(nd,ARGV[p+2],ARGV[p+3])
              st[#st+1]=nd p=p+4
            elseif o=='l' then
              st[#st+1]={o='l',k=KEYS[tonumber(ARGV[p+1])],a=ARGV[p+2],b=ARGV[p+3],s=tonumber(ARGV[p+4]),n=ARGV[p+5],many=ARGV[p+6]=='1'}
              p=p+7
            elseif o=='u' then
              local c=tonumber(ARGV[p+2])
              local nd={o='u',k=KEYS[tonumber(ARGV[p+1])],set={}}
              for j=1,c do
                local id=C('HGET',nd.k,ARGV[p+2+j])
                if id and not nd.set[id] then nd.set[id]=true nd[#nd+1]=id end
              end
              st[#st+1]=nd p=p+3+c
            elseif o=='g' then
              local c=tonumber(ARGV[p+5])
              local nd={o='g',k=KEYS[tonumber(ARGV[p+1])],lon=tonumber(ARGV[p+2]),lat=tonumber(ARGV[p+3]),m=tonumber(ARGV[p+4])}
              for j=1,c do nd[j]={ARGV[p+4+2*j],'('..ARGV[p+5+2*j]} end
              st[#st+1]=nd p=p+6+2*c
            elseif o=='!' then st[#st]={o='!',st[#st]} p=p+1
            elseif o=='e' then st[#st+1]={o='e'} p=p+1
            else local r=table.remove(st) st[#st]={o=o,st[#st],r} p=p+1 end
          end
          conj[i]=st[1]
        end

        """;

    /// <summary>What a memo says of an entity: the bucket is found as <see cref="KeyGrammar.MemoBucket"/> does.</summary>
    public const string Memos = """
        local bxor=bit.bxor
        local function bucket(id)
          local h=3525
          if not find(id,'[\128-\255]') then
            for i=1,#id do h=bxor(h,byte(id,i))*403%4096 end
            return floor(h)
          end
          local i=1
          while i<=#id do
            local b=byte(id,i)
            local u
            if b<128 then u=b i=i+1
            elseif b<224 then u=b%32*64+byte(id,i+1)%64 i=i+2
            elseif b<240 then u=b%16*4096+byte(id,i+1)%64*64+byte(id,i+2)%64 i=i+3
            else u=b%8*262144+byte(id,i+1)%64*4096+byte(id,i+2)%64*64+byte(id,i+3)%64 i=i+4 end
            if u>65535 then
              u=u-65536
              h=bxor(h,55296+floor(u/1024))*403%4096
              u=56320+u%1024
            end
            h=bxor(h,u)*403%4096
          end
          return floor(h)
        end
        local known={}
        local function place(m,s,n)
          local own=sub(m,1,3)
          if own==stamp then return s end
          local key=own..n
          if known[key]==nil then
            local at,shape=0,C('HGET',KEYS[3],own)
            known[key]=false
            for kind,name in gmatch(shape or '','(%a):([^|]+)') do
              if kind~='r' then
                at=at+1
                if kind..':'..name==n then known[key]=at end
              end
            end
          end
          return known[key]
        end
        local function segment(id,s,n)
          local m=C('HGET',KEYS[2]..bucket(id),id)
          local k=m and place(m,s,n)
          if not k then return '' end
          local at=0
          for _=1,k do
            at=find(m,':',at+1,true)
            if not at then return '' end
          end
          return sub(m,at+1,(find(m,':',at+1,true) or 0)-1)
        end

        """;

    /// <summary>Tests ids against the conjuncts.</summary>
    public const string Tests = """
        local function within(nd,s)
          if nd.ax then if s<=nd.lo then return false end elseif s<nd.lo then return false end
          if nd.bx then return s<nd.hi end
          return s<=nd.hi
        end
        local function distance(lon,lat,lon2,lat2)
          local r=math.pi/180
          local u,v=math.sin((lat2-lat)*r/2),math.sin((lon2-lon)*r/2)
          return 12745595.121712*math.asin(min(1,math.sqrt(u*u+math.cos(lat*r)*math.cos(lat2*r)*v*v)))
        end
        local rows4,columns4={0,1,0,1,2,3,2,3,0,1,0,1,2,3,2,3},{0,0,1,1,0,0,1,1,2,2,3,3,2,2,3,3}
        local function distances(key,lon,lat,ids)
          local r,d=C('ZMSCORE',key,unpack(ids)),{}
          for i=1,#ids do
            local s=r[i] and N(r[i])
            d[i]=false
            if s then
              local row,column,unit=0,0,1
              for _=1,13 do
                local n=s%16
                row,column=row+rows4[n+1]*unit,column+columns4[n+1]*unit
                unit,s=unit*4,floor((s-n)/16)
              end
              d[i]=distance(lon,lat,(column+0.5)/67108864*360-180,(row+0.5)/67108864*170.10225756-85.05112878)
            end
          end
          return d
        end
        local function lexbounds(nd)
          return nd.a=='' and '-' or '['..nd.a, nd.b=='' and '+' or '('..nd.b
        end
        local function idof(m) return match(m,'.*\t(.*)') or '' end
        local function between(nd,m)
          return not (nd.a~='' and before(m,nd.a)) and (nd.b=='' or before(m,nd.b))
        end
        local function holds(nd,id)
          for t in gmatch(segment(id,nd.s,nd.n),'[^,]+') do
            if between(nd,t..'\t'..id) then return true end
          end
          return false
        end
        local function marks(nd,ids)
          local o,m=nd.o,{}
          if o=='t' then
            for j=1,#nd do
              local r=C('SMISMEMBER',nd[j],unpack(ids))
              for i=1,#ids do if r[i]==1 then m[i]=true end end
            end
          elseif o=='r' then
            local r=C('ZMSCORE',nd.k,unpack(ids))
            for i=1,#ids do local s=r[i] m[i]=s and within(nd,N(s)) end
          elseif o=='u' then
            for i=1,#ids do m[i]=nd.set[ids[i]] end
          elseif o=='l' then
            nd.seen=(nd.seen or 0)+#ids
            if not nd.set then
              nd.size=nd.size or C('ZLEXCOUNT',nd.k,lexbounds(nd))
              if nd.size<=nd.seen*8 and nd.size<=5000 then
                nd.set={}
                local lo,hi=lexbounds(nd)
                for _,e in ipairs(C('ZRANGEBYLEX',nd.k,lo,hi)) do nd.set[idof(e)]=true end
                touched=touched+nd.size
              end
            end
            if nd.set then for i=1,#ids do m[i]=nd.set[ids[i]] end
            else for i=1,#ids do m[i]=holds(nd,ids[i]) end end
          elseif o=='g' then
            local d=distances(nd.k,nd.lon,nd.lat,ids)
            for i=1,#ids do m[i]=d[i] and d[i]<=nd.m end
          elseif o=='e' then
            for i=1,#ids do m[i]=true end
          elseif o=='!' then
            local x=marks(nd[1],ids)
            for i=1,#ids do m[i]=not x[i] end
          else
            local x,y=marks(nd[1],ids),marks(nd[2],ids)
            if o=='&' then for i=1,#ids do m[i]=x[i] and y[i] end
            else for i=1,#ids do m[i]=x[i] or y[i] end end
          end
          return m
        end
        local sequence={}
        local function test(ids,keep,skip)
          for _,i in ipairs(sequence) do
            if i~=skip and #ids>0 then
              local nd=conj[i]
              local a,b,n={},keep and {},0
              if nd.o=='t' and #nd==1 then
                local r=C('SMISMEMBER',nd[1],unpack(ids))
                for j=1,#ids do
                  if r[j]==1 then n=n+1 a[n]=ids[j] if b then b[n]=keep[j] end end
                end
              elseif nd.o=='r' then
                local r=C('ZMSCORE',nd.k,unpack(ids))
                for j=1,#ids do
                  local s=r[j]
                  if s and within(nd,tonumber(s) or N(s)) then n=n+1 a[n]=ids[j] if b then b[n]=keep[j] end end
                end
              else
                local m=marks(nd,ids)
                for j=1,#ids do
                  if m[j] then n=n+1 a[n]=ids[j] if b then b[n]=keep[j] end end
                end
              end
              ids,keep=a,b
            end
          end
          return ids,keep
        end

        """;

    /// <summary>Reads entities as their layout has them.</summary>
    public const string Reading = $$"""
        local function contents(ids,from,to)
          local out={}
          if layout=='D' then
            local keys={}
            for i=from,to do keys[#keys+1]=KEYS[1]..ids[i] end
            return C('MGET',unpack(keys))
          end
          for i=from,to do
            local doc,r=KEYS[1]..ids[i],false
            if layout=='H' then
              if #names==0 then
                r=C('HGETALL',doc)
                if #r==0 then r=false end
              elseif C('EXISTS',doc)==1 then r=C('HMGET',doc,unpack(names)) end
            elseif layout=='A' then
              local keys={doc}
              for j=1,#names do keys[j+1]=doc..':'..names[j] end
              r=C('MGET',unpack(keys))
              if not r[1] then r=false end
            else
              local m=C('GET',doc)
              if m then
                r={m}
                local _,_,c,g,n=match(m,'{{ChunkManifest.LuaPattern}}')
                if c and tonumber(c)<=16 and tonumber(n)<=65536 then
                  for j=0,c-1 do
                    local part=redis.pcall('GET',doc..':'..g..':'..j)
                    r[j+2]=type(part)=='table' and '' or part
                  end
                end
              end
            end
            out[#out+1]=r
          end
          return out
        end

        """;

    /// <summary>Adds rows to the answer, as many as are wanted.</summary>
    public const string Rows = """
        local function emit(ids,keep,whole)
          local from=1
          while from<=#ids and found<take do
            local to=min(from+249,#ids)
            if take<huge then to=min(to,from+take-found-1) end
            if want=='N' then found=found+to-from+1
            else
              local docs=want=='D' and whole and contents(ids,from,to)
              for i=from,to do
                local d
                if docs then d=docs[i-from+1] elseif want=='E' and whole then d=C('EXISTS',KEYS[1]..ids[i])==1 and '' else d='' end
                if d then
                  found=found+1
                  rows[#rows+1]=ids[i]
                  if whole then
                    rows[#rows+1]=d
                    lastid,lastkeep=ids[i],keep and keep[i]
                  else rows[#rows+1]=keep and keep[i] or '' end
                end
              end
            end
            from=to+1
          end
          return from>#ids
        end

        """;

    /// <summary>Where entries come from, block by block in order, and how to go on behind an entry.</summary>
    public const string Sources = """
        local function behind(key,down,s,id)
          local have=C('ZSCORE',key,id)
          if have and N(have)==N(s) then return C(down and 'ZREVRANK' or 'ZRANK',key,id)+1 end
          local card=C('ZCARD',key)
          local lo=card-(down and C('ZCOUNT',key,'-inf',s) or C('ZCOUNT',key,s,'+inf'))
          local hi=lo+C('ZCOUNT',key,s,s)
          while lo<hi do
            local mid=floor((lo+hi)/2)
            local m=C(down and 'ZREVRANGE' or 'ZRANGE',key,mid,mid)[1]
            local passed
            if down then passed=before(id,m) else passed=before(m,id) end
            if passed then lo=mid+1 else hi=mid end
          end
          return lo
        end
        local function scores(key,a,b,down,s,id)
          local rank,stop=0,C('ZCARD',key)
          if a~='-inf' or b~='+inf' then
            rank=stop-(down and C('ZCOUNT',key,'-inf',b) or C('ZCOUNT',key,a,'+inf'))
            stop=rank+C('ZCOUNT',key,a,b)
          end
          if id then rank=max(rank,behind(key,down,s,id)) end
          local last
          return {
            next=function(n)
              if rank>=stop then return nil end
              local ids=C(down and 'ZREVRANGE' or 'ZRANGE',key,rank,min(rank+n,stop)-1)
              if #ids==0 then return nil end
              rank=rank+#ids last=ids[#ids]
              return ids
            end,
            more=function() return rank<stop end,
            mark=function() return last and C('ZSCORE',key,last) or s or '',last or id or '' end}
        end
        local function texts(key,lo,hi,down,member,ranked)
          if member then if down then hi='('..member else lo='('..member end end
          local last,done=member or '',false
          return {
            next=function(n)
              if done then return nil end
              local ms=down and C('ZREVRANGEBYLEX',key,hi,lo,'LIMIT',0,n) or C('ZRANGEBYLEX',key,lo,hi,'LIMIT',0,n)
              if #ms<n then done=true end
              if #ms==0 then return nil end
              last=ms[#ms]
              if down then hi='('..last else lo='('..last end
              local ids={}
              for i=1,#ms do ids[i]=idof(ms[i]) end
              return ids,ranked and ms or nil
            end,
            more=function() return not done end,
            mark=function() return last,'' end}
        end
        local function members(nd,at,cursor)
          return {
            next=function(n)
              if at>#nd then return nil end
              local r=C('SSCAN',nd[at],cursor,'COUNT',n)
              cursor=r[1]
              if cursor=='0' then at=at+1 end
              return r[2]
            end,
            more=function() return at<=#nd end,
            mark=function() return tostring(at),cursor end}
        end
        local function entities(at,id)
          local last=id or ''
          return {
            next=function(n)
              local ids={}
              while at<4096 and #ids<n do
                for _,e in ipairs(C('HKEYS',KEYS[2]..at)) do
                  if not id or before(id,e) then ids[#ids+1]=e end
                end
                id=nil at=at+1
              end
              if #ids==0 then return nil end
              return ids
            end,
            more=function() return at<4096 end,
            mark=function() return tostring(at),'' end}
        end
        local function places(nd,at,cursor)
          local source
          return {
            next=function(n)
              while at<=#nd do
                if not source then
                  local s,id=match(cursor or '','^([^:]*):(.*)$')
                  source=scores(nd.k,nd[at][1],nd[at][2],false,s,id)
                  cursor=nil
                end
                local ids=source.next(n)
                if ids then
                  touched=touched+#ids
                  local d=distances(nd.k,nd.lon,nd.lat,ids)
                  local a,b={},{}
                  for i=1,#ids do if d[i] and d[i]<=nd.m then a[#a+1]=ids[i] b[#b+1]=d[i] end end
                  return a,b,true
                end
                source=nil at=at+1
              end
              return nil
            end,
            more=function() return at<=#nd end,
            mark=function()
              if not source then return tostring(at),'' end
              local s,id=source.mark()
              return tostring(at),s..':'..id
            end}
        end

        """;

    /// <summary>The order of what is found.</summary>
    public const string Orders = """
        local function textof(id)
          local s=segment(id,oseg,oname)
          return s~='' and s..'\t'..id or nil
        end
        local function ranks(ids,from,to)
          if okind=='r' then
            local r,k=C('ZMSCORE',okey,unpack(ids,from,to)),{}
            for i=1,#r do k[i]=r[i] and N(r[i]) end
            return k
          end
          local k={}
          if okind=='g' then return distances(okey,olon,olat,{unpack(ids,from,to)}) end
          for i=from,to do
            if okind=='l' then k[i-from+1]=textof(ids[i]) or false else k[i-from+1]=bucket(ids[i]) end
          end
          return k
        end
        local function ascends(k,id,k2,id2)
          if k~=k2 then return k<k2 end
          return before(id,id2)
        end
        local function textually(k,id,k2) return before(k,k2) end
        local precedes=okind=='l' and textually or ascends
        if desc then
          local up=precedes
          precedes=function(k,id,k2,id2) return up(k2,id2,k,id) end
        end
        local function arrange(ids,keys,need)
          local a,b,n={},{},0
          if need<=200 and need*4<#ids then
            for i=1,#ids do
              local k,id=keys[i],ids[i]
              if n<need or precedes(k,id,b[n],a[n]) then
                if n<need then n=n+1 end
                local j=n
                while j>1 and precedes(k,id,b[j-1],a[j-1]) do a[j],b[j]=a[j-1],b[j-1] j=j-1 end
                a[j],b[j]=id,k
              end
            end
            return a,b,true
          end
          local all={}
          for i=1,#ids do all[i]={keys[i],ids[i]} end
          table.sort(all,function(x,y) return precedes(x[1],x[2],y[1],y[2]) end)
          for i=1,#all do a[i],b[i]=all[i][2],all[i][1] end
          return a,b,false
        end
        local function keyed(ids,keep)
          local a,b={},{}
          local from=a1~='' and (okind=='l' and a1 or N(a1)) or nil
          for f=1,#ids,1000 do
            local t=min(f+999,#ids)
            local k=not keep and ranks(ids,f,t)
            for i=f,t do
              local key
              if keep then key=keep[i] else key=k[i-f+1] end
              if key and (not from or precedes(from,a2,key,ids[i])) then a[#a+1]=ids[i] b[#b+1]=key end
            end
          end
          return a,b
        end
        local function text(k) return type(k)=='number' and format('%.17g',k) or k end
        local function mark()
          if not lastid or (asked~='P' and asked~='K') then return '','' end
          if okind=='r' then return C('ZSCORE',okey,lastid) or '',lastid end
          if okind=='l' then return lastkeep or textof(lastid) or '',lastid end
          if okind=='g' then return text(lastkeep),lastid end
          return tostring(bucket(lastid)),lastid
        end
        local function finish(plan,done,x,y,more)
          local r={plan,done and 1 or 0,touched,x or '',y or '',found,more and 1 or 0}
          r[8],r[9]=mark()
          r[10]=#rows
          for i=1,#rows do r[10+i]=rows[i] end
          if asked=='K' and okind~='' and sub(plan,1,1)~='P' then
            local ids,keys={},{}
            for i=1,#rows,2 do ids[#ids+1]=rows[i] end
            for f=1,#ids,1000 do
              local t=min(f+999,#ids)
              local k=okind=='r' and C('ZMSCORE',okey,unpack(ids,f,t)) or ranks(ids,f,t)
              for i=1,t-f+1 do keys[#keys+1]=k[i] and tostring(text(k[i])) or '' end
            end
            r[#r+1]=keys
          end
          return r
        end

        """;

    /// <summary>Picks the way to go by the sizes of the indexes, and goes it.</summary>
    public const string Plans = """
        local function sizeof(nd)
          local o,s=nd.o,0
          if o=='r' then return C('ZCOUNT',nd.k,nd.a,nd.b) end
          if o=='l' then nd.size=C('ZLEXCOUNT',nd.k,lexbounds(nd)) return nd.size end
          if o=='u' then return #nd end
          if o=='t' then for j=1,#nd do s=s+C('SCARD',nd[j]) end return s end
          if o=='g' then for j=1,#nd do s=s+C('ZCOUNT',nd.k,nd[j][1],nd[j][2]) end return s end
          return nil
        end
        local sizes,best,least,most,oskip,on={},0,huge,0,0,0
        for i=1,#conj do
          local s=sizeof(conj[i])
          sizes[i]=s
          local j=#sequence+1
          while j>1 and (s or huge)<(sizes[sequence[j-1]] or huge) do sequence[j]=sequence[j-1] j=j-1 end
          sequence[j]=i
          if s then
            if s<least then best,least=i,s end
            if s>most then most=s end
          end
          if conj[i].k==okey and conj[i].o==okind and oskip==0 and okind~='g' and not conj[i].many then oskip=i end
        end
        if okind=='p' then
          for i=0,3584,512 do on=on+C('HLEN',KEYS[2]..i)*512 end
        elseif okey then on=C('ZCARD',okey) end
        most=max(most,on)
        local share=1
        for i=1,#conj do
          if sizes[i] and i~=oskip and most>0 then share=share*min(1,sizes[i]/most) end
        end
        local inside=oskip>0 and sizes[oskip] or on
        local cost=share>0 and min(inside,take/share) or inside
        if okind=='p' then cost=cost+4096*(on>0 and min(1,cost/on) or 1) end
        local walks=okind=='r' or okind=='l' or okind=='p'
        local first=conj[1]
        if want=='N' and mode=='' and #conj==1 and best==1 and (first.o=='r' or first.o=='u' or first.o=='t' and #first<2 or first.o=='l' and not first.many) then
          found=least
          return finish('N',true)
        end
        if mode=='' then
          if best==0 then mode=walks and 'W' or 'M'
          elseif walks and (cost<=least*2 or best==oskip) then mode='W'
          elseif okind=='' and take<huge and least>100 then mode='P'..best
          elseif least<=budget then mode='C'
          else mode='P'..best end
        end
        local function reply(plan,done,x,y,more)
          local r=finish(plan,done,x,y,more)
          if asked=='X' then
            local e={best,oskip,walks and cost<huge and math.ceil(cost) or -1,on}
            for i=1,#conj do e[#e+1]=sizes[i] or -1 end
            r[#r+1]=e
          end
          return r
        end
        local head=sub(mode,1,1)
        if head=='W' or head=='M' then
          local s1,s2=c1,c2
          if s1=='' and s2=='' then s1,s2=a1,a2 end
          local nd=conj[oskip]
          local source
          if okind=='r' then source=scores(okey,nd and nd.a or '-inf',nd and nd.b or '+inf',desc,s1,s2~='' and s2 or nil)
          elseif okind=='l' then
            local lo,hi='-','+'
            if nd then lo,hi=lexbounds(nd) end
            source=texts(okey,lo,hi,desc,s1~='' and s1 or nil,true)
          else source=entities(s1~='' and tonumber(s1) or 0,s2~='' and s2 or nil) end
          local n,all=min(1000,max(10,cost<huge and math.ceil(cost*1.2) or 1000)),true
          while found<take and touched<budget do
            local ids,keep=source.next(min(n,budget-touched))
            if not ids then break end
            touched=touched+#ids
            ids,keep=test(ids,keep,oskip)
            if okind=='p' then
              for i=2,#ids do
                local id,j=ids[i],i
                local k=bucket(id)
                while j>1 and ascends(k,id,bucket(ids[j-1]),ids[j-1]) do ids[j]=ids[j-1] j=j-1 end
                ids[j]=id
              end
            end
            all=emit(ids,keep,true)
            n=min(1000,n*2)
          end
          local more=source.more()
          if not more or found>=take then return reply(head,true,'','',more or not all) end
          local x,y=source.mark()
          return reply(head,false,x,y,true)
        end
        if head=='P' then
          local i=tonumber(sub(mode,2))
          local nd=conj[i]
          if want=='N' and (nd.o=='t' or nd.many) then return reply(mode,false) end
          local source
          if nd.o=='r' then source=scores(nd.k,nd.a,nd.b,false,c1,c2~='' and c2 or nil)
          elseif nd.o=='l' then
            local lo,hi=lexbounds(nd)
            source=texts(nd.k,lo,hi,false,c1~='' and c1 or nil,i==oskip)
          elseif nd.o=='g' then source=places(nd,c1~='' and tonumber(c1) or 1,c2)
          elseif nd.o=='t' then source=members(nd,c1~='' and tonumber(c1) or 1,c2~='' and c2 or '0')
          else source={next=function() end,more=function() return false end} end
          local same=nd.o=='g' and okind=='g' and nd.k==okey and nd.lon==olon and nd.lat==olat
          local n=take<huge and share>0 and okind=='' and max(10,math.ceil(min(least,take/share*(sizes[i]/most))*1.2)) or 1000
          local all=true
          if okind~='' then take=huge end
          while touched<budget and (okind~='' or found<take) do
            local ids,keep,counted=source.next(max(1,min(n,1000,budget-touched)))
            if not ids then break end
            if not counted then touched=touched+#ids end
            if not (i==oskip or same) then keep=nil end
            for f=1,#ids,1000 do
              local t=min(f+999,#ids)
              local a,b=test({unpack(ids,f,t)},keep and {unpack(keep,f,t)},i)
              if okind=='' then all=emit(a,nil,true) and all
              else
                a,b=keyed(a,b)
                for j=1,#b do b[j]=text(b[j]) end
                all=emit(a,b,false) and all
              end
            end
            n=min(1000,n*2)
          end
          local more=source.more()
          if not more or (okind=='' and found>=take) then return reply(mode,true,'','',more or not all) end
          local x,y=source.mark()
          return reply(mode,false,x,y,true)
        end
        local nd=conj[best]
        local all,keep={},nil
        if nd.o=='r' then all=C('ZRANGEBYSCORE',nd.k,nd.a,nd.b)
        elseif nd.o=='l' then
          local lo,hi=lexbounds(nd)
          local ms,seen=C('ZRANGEBYLEX',nd.k,lo,hi),{}
          for i=1,#ms do
            local id=idof(ms[i])
            if not nd.many or not seen[id] then seen[id]=true all[#all+1]=id end
          end
          if best==oskip then keep=ms end
        elseif nd.o=='u' then for i=1,#nd do all[i]=nd[i] end
        elseif nd.o=='g' then
          local source=places(nd,1,'')
          keep={}
          while true do
            local ids,d=source.next(1000)
            if not ids then break end
            for i=1,#ids do all[#all+1]=ids[i] keep[#keep+1]=d[i] end
          end
          if not (okind=='g' and nd.k==okey and nd.lon==olon and nd.lat==olat) then keep=nil end
        elseif #nd==1 then all=C('SMEMBERS',nd[1])
        elseif #nd>1 then all=C('SUNION',unpack(nd)) end
        touched=touched+#all
        local ids,keys={},keep and {}
        for f=1,#all,1000 do
          local t=min(f+999,#all)
          local a,b=test({unpack(all,f,t)},keep and {unpack(keep,f,t)},best)
          for i=1,#a do ids[#ids+1]=a[i] if keys then keys[#keys+1]=b[i] end end
        end
        if want=='N' then found=#ids return reply('N',true) end
        if okind=='' then return reply('C',true,'','',not emit(ids,nil,true)) end
        ids,keys=keyed(ids,keys)
        local a,b,partial=arrange(ids,keys,take)
        local whole=emit(a,b,true)
        if partial and found<take then
          found,rows,lastid,lastkeep=0,{},nil,nil
          a,b=arrange(ids,keys,huge)
          whole,partial=emit(a,b,true),false
        end
        return reply('C',true,'','',partial or not whole)
        """;
}
