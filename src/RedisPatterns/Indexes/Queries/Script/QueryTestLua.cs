namespace RedisPatterns;

/// <summary>Lua of queries: tests of ids against the conjuncts.</summary>
internal static class QueryTestLua
{
    /// <summary>Whether a score is within bounds.</summary>
    public const string Within = """
        local function within(nd,s)
          if nd.ax then if s<=nd.lo then return false end elseif s<nd.lo then return false end
          if nd.bx then return s<nd.hi end
          return s<=nd.hi
        end

        """;

    /// <summary>The distances of entities from a place.</summary>
    public const string Distances = """
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

        """;

    /// <summary>The bounds of a span of texts, and the id at the end of one.</summary>
    public const string Texts = """
        local function lexbounds(nd)
          return nd.a=='' and '-' or '['..nd.a, nd.b=='' and '+' or '('..nd.b
        end
        local function idof(m) return match(m,'.*\t(.*)') or '' end

        """;

    /// <summary>Whether an entity has a text within bounds.</summary>
    public const string Holds = """
        local function between(nd,m)
          return not (nd.a~='' and before(m,nd.a)) and (nd.b=='' or before(m,nd.b))
        end
        local function holds(nd,id)
          for t in gmatch(segment(id,nd.s,nd.n),'[^,]+') do
            if between(nd,t..'\t'..id) then return true end
          end
          return false
        end

        """;

    /// <summary>Tests ids against a condition of any kind.</summary>
    public const string Marks = """
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

        """;

    /// <summary>Keeps the ids that pass all conjuncts but one.</summary>
    public const string Test = """
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
                local r,lo,hi,ax,bx=C('ZMSCORE',nd.k,unpack(ids)),nd.lo,nd.hi,nd.ax,nd.bx
                for j=1,#ids do
                  local s=r[j]
                  s=s and (tonumber(s) or N(s))
                  if s and s>=lo and s<=hi and not (ax and s==lo or bx and s==hi) then n=n+1 a[n]=ids[j] if b then b[n]=keep[j] end end
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
}
