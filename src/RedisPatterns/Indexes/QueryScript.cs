namespace RedisPatterns;

/// <summary>
/// The script that answers a page of a query: it picks the index to drive by from their sizes, goes through at most a
/// budget of entries, tests them in blocks against the other indexes, and returns the documents it found.
/// </summary>
/// <remarks>
/// Plans: <c>W</c> walks a sorted set from a cursor; <c>C</c> collects the smallest index whole, tests and sorts it;
/// <c>S</c> goes through a tag's sets a piece at a time; <c>M</c> goes through memo buckets that the caller names. A plan
/// that could not finish within the budget gives a cursor to go on from. Asked for a number only, it answers <c>N</c> and the
/// number where one call suffices. <c>D</c> gives documents, <c>I</c> ids, <c>E</c> ids of those that exist.
/// </remarks>
internal static class QueryScript
{
    private const string Lua = """
        local C=redis.call
        local unpack=unpack or table.unpack
        local huge=math.huge
        local function N(s)
          if s=='inf' or s=='+inf' then return huge elseif s=='-inf' then return -huge end
          return tonumber(s)
        end
        local take,budget,order,desc,want,mode=tonumber(ARGV[1]),tonumber(ARGV[2]),tonumber(ARGV[3]),ARGV[4]=='D',ARGV[5],ARGV[6]
        local c1,c2=ARGV[7],ARGV[8]
        if take==0 then take=huge end
        local okey=order>0 and KEYS[order] or nil
        local conj,p={},10
        for i=1,tonumber(ARGV[9]) do
          local last=p+1+tonumber(ARGV[p])
          local st={}
          p=p+1
          while p<last do
            local o=ARGV[p]
            if o=='t' then
              local c=tonumber(ARGV[p+1])
              local nd={o='t'}
              for j=1,c do nd[j]=KEYS[tonumber(ARGV[p+1+j])] end
              st[#st+1]=nd p=p+2+c
            elseif o=='r' then
              local a,b=ARGV[p+2],ARGV[p+3]
              local ax,bx=string.byte(a)==40,string.byte(b)==40
              st[#st+1]={o='r',k=KEYS[tonumber(ARGV[p+1])],a=a,b=b,ax=ax,bx=bx,lo=N(ax and string.sub(a,2) or a),hi=N(bx and string.sub(b,2) or b)}
              p=p+4
            elseif o=='!' then st[#st]={o='!',st[#st]} p=p+1
            elseif o=='e' then st[#st+1]={o='e'} p=p+1
            else local r=table.remove(st) st[#st]={o=o,st[#st],r} p=p+1 end
          end
          conj[i]=st[1]
        end
        local function within(nd,s)
          if nd.ax then if s<=nd.lo then return false end elseif s<nd.lo then return false end
          if nd.bx then return s<nd.hi end
          return s<=nd.hi
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
        local function test(ids,scores,skip)
          for i=1,#conj do
            if i~=skip and #ids>0 then
              local m=marks(conj[i],ids)
              local a,b={},scores and {}
              for j=1,#ids do
                if m[j] then a[#a+1]=ids[j] if b then b[#b+1]=scores[j] end end
              end
              ids,scores=a,b
            end
          end
          return ids,scores
        end
        local out,found,touched={'',0,0,'',''},0,0
        local function emit(ids,scores,withDocs)
          for from=1,#ids,500 do
            if found>=take then return end
            local to=math.min(from+499,#ids)
            if want=='D' and withDocs then
              local keys={}
              for i=from,to do keys[#keys+1]=KEYS[1]..ids[i] end
              local docs=C('MGET',unpack(keys))
              for i=from,to do
                local d=docs[i-from+1]
                if d and found<take then
                  found=found+1
                  out[#out+1]=ids[i] out[#out+1]=scores and scores[i] or '' out[#out+1]=d
                end
              end
            else
              for i=from,to do
                if found<take and (want~='E' or not withDocs or C('EXISTS',KEYS[1]..ids[i])==1) then
                  found=found+1
                  out[#out+1]=ids[i] out[#out+1]=scores and scores[i] or '' out[#out+1]=''
                end
              end
            end
          end
        end
        local function scoresOf(ids)
          local a,b={},{}
          for from=1,#ids,1000 do
            local to=math.min(from+999,#ids)
            local r=C('ZMSCORE',okey,unpack(ids,from,to))
            for i=from,to do local s=r[i-from+1] if s then a[#a+1]=ids[i] b[#b+1]=s end end
          end
          return a,b
        end
        local function before(a,b)
          if a==b then return false end
          local n=math.min(#a,#b)
          for i=1,n do
            local x,y=string.byte(a,i),string.byte(b,i)
            if x~=y then return x<y end
          end
          return #a<#b
        end
        local function finish(plan,done,x,y)
          out[1]=plan out[2]=done and 1 or 0 out[3]=touched out[4]=x or '' out[5]=y or ''
          return out
        end
        local function walk(plan,key,a,b,down,skip,guess,sorted)
          local total,card=C('ZCOUNT',key,a,b),C('ZCARD',key)
          local before0=card-(down and C('ZCOUNT',key,'-inf',b) or C('ZCOUNT',key,a,'+inf'))
          local rank,stop=before0,before0+total
          if c2~='' then
            local s=C('ZSCORE',key,c2)
            if s and N(s)==N(c1) then rank=C(down and 'ZREVRANK' or 'ZRANK',key,c2)+1
            else rank=card-(down and C('ZCOUNT',key,'-inf',c1) or C('ZCOUNT',key,c1,'+inf')) end
            if rank<before0 then rank=before0 end
          end
          local page=math.min(1000,math.max(32,guess))
          local ls,lm='',''
          while rank<stop and found<take and touched<budget do
            local upto=math.min(rank+page,stop,rank+budget-touched)-1
            local r=C(down and 'ZREVRANGE' or 'ZRANGE',key,rank,upto,'WITHSCORES')
            local ids,scores={},{}
            for i=1,#r,2 do ids[#ids+1]=r[i] scores[#scores+1]=r[i+1] end
            if #ids==0 then rank=stop break end
            touched=touched+#ids
            lm,ls=ids[#ids],scores[#scores]
            rank=rank+#ids
            ids,scores=test(ids,scores,skip)
            if not sorted and okey then ids,scores=scoresOf(ids) end
            emit(ids,scores,sorted)
            page=math.min(1000,page*2)
          end
          return finish(plan,rank>=stop or found>=take,ls,lm)
        end
        local function sizeOf(nd)
          if nd.o=='t' then local s=0 for j=1,#nd do s=s+C('SCARD',nd[j]) end return s end
          if nd.o=='r' then return C('ZCOUNT',nd.k,nd.a,nd.b) end
          return nil
        end
        if mode=='M' then
          for i=tonumber(c1),#KEYS do
            if touched>=budget then return finish('M',false,tostring(i)) end
            local ids=C('HKEYS',KEYS[i])
            touched=touched+#ids
            for from=1,#ids,1000 do
              emit((test({unpack(ids,from,math.min(from+999,#ids))})),nil,true)
            end
            if found>=take then break end
          end
          return finish('M',true)
        end
        local best,least=0,huge
        local share,most=1,0
        local sizes={}
        for i=1,#conj do
          local s=sizeOf(conj[i])
          sizes[i]=s
          if s then
            if s<least then best,least=i,s end
            if s>most then most=s end
          end
        end
        local oa,ob,oskip,on='-inf','+inf',0,0
        if okey then
          for i=1,#conj do
            if conj[i].o=='r' and conj[i].k==okey and oskip==0 then oa,ob,oskip=conj[i].a,conj[i].b,i end
          end
          on=C('ZCARD',okey)
          if on>most then most=on end
        end
        for i=1,#conj do
          if sizes[i] and i~=oskip and most>0 then share=share*math.min(1,sizes[i]/most) end
        end
        local cost=huge
        if okey then
          local inside=oskip>0 and sizes[oskip] or on
          cost=share>0 and math.min(inside,take/share) or inside
        end
        local counts=want=='N' and not okey and best>0
        if counts and mode=='' and #conj==1 and (conj[1].o=='r' or #conj[1]<2) then return finish('N',true,tostring(least)) end
        if mode=='' then
          if best==0 and not okey then return finish('M',false) end
          if okey and (best==0 or cost<=least*2 or best==oskip) then mode='W'
          elseif least<=budget then mode='C'
          elseif conj[best].o=='r' then mode='R'..best
          else mode='S'..best end
        end
        local head=string.sub(mode,1,1)
        if head=='W' then return walk('W',okey,oa,ob,desc,oskip,cost==huge and 1000 or math.ceil(cost*1.2),true) end
        if head=='R' then
          local i=tonumber(string.sub(mode,2))
          return walk(mode,conj[i].k,conj[i].a,conj[i].b,false,i,1000,not okey)
        end
        if head=='S' then
          local i=tonumber(string.sub(mode,2))
          local nd=conj[i]
          local at,cursor=c1=='' and 1 or tonumber(c1),c2=='' and '0' or c2
          while at<=#nd and touched<budget and (okey or found<take) do
            local r=C('SSCAN',nd[at],cursor,'COUNT',1000)
            cursor=r[1]
            local all=r[2]
            touched=touched+#all
            for from=1,#all,1000 do
              local ids=test({unpack(all,from,math.min(from+999,#all))},nil,i)
              local scores
              if okey then ids,scores=scoresOf(ids) end
              emit(ids,scores,not okey)
            end
            if cursor=='0' then at=at+1 end
          end
          return finish(mode,at>#nd or found>=take,tostring(at),cursor)
        end
        local nd,all=conj[best],nil
        if nd.o=='r' then all=C('ZRANGEBYSCORE',nd.k,nd.a,nd.b)
        elseif #nd==0 then all={}
        elseif #nd==1 then all=C('SMEMBERS',nd[1])
        else all=C('SUNION',unpack(nd)) end
        touched=#all
        local ids,scores={},nil
        for from=1,#all,1000 do
          local part=test({unpack(all,from,math.min(from+999,#all))},nil,best)
          for i=1,#part do ids[#ids+1]=part[i] end
        end
        if counts then return finish('N',true,tostring(#ids)) end
        if okey then
          ids,scores=scoresOf(ids)
          local rows={}
          for i=1,#ids do rows[i]={N(scores[i]),ids[i],scores[i]} end
          if desc then
            table.sort(rows,function(x,y) if x[1]~=y[1] then return x[1]>y[1] end return before(y[2],x[2]) end)
          else
            table.sort(rows,function(x,y) if x[1]~=y[1] then return x[1]<y[1] end return before(x[2],y[2]) end)
          end
          for i=1,#rows do ids[i]=rows[i][2] scores[i]=rows[i][3] end
        end
        emit(ids,scores,true)
        return finish('C',true)
        """;

    public static AtomicScript<QueryPage> Script { get; } = new("query", Lua, QueryPage.Read, QueryScriptTwin.Run, isReadOnly: true);
}
