namespace RedisPatterns;

/// <summary>Lua of queries: what every query begins with.</summary>
internal static class QueryHeadLua
{
    /// <summary>Short names, and the arguments that all have: see <see cref="QueryForm"/>.</summary>
    public const string Head = """
        local C=redis.call
        local unpack=unpack or table.unpack
        local huge,min,max,floor=math.huge,math.min,math.max,math.floor
        local byte,sub,find,match,gmatch,format,concat=string.byte,string.sub,string.find,string.match,string.gmatch,string.format,table.concat
        local take,budget=tonumber(ARGV[1]),tonumber(ARGV[2])
        if take==0 then take=huge end
        local touched,found,rows,items=0,0,{},{}
        local lastid,lastkeep

        """;

    /// <summary>Where to begin or to go on, numbers, and the order of bytes.</summary>
    public const string Order = """
        local mode,c1,c2,a1,a2=ARGV[3],ARGV[4],ARGV[5],ARGV[6],ARGV[7]
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

        """;

    /// <summary>Reads the conjuncts: see <see cref="QueryCompiler{T}"/>.</summary>
    public const string Parse = """
        local conj={}
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
}
