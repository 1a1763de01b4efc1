namespace RedisPatterns;

/// <summary>Lua of queries: picks the way to go by the sizes of the indexes, and goes it.</summary>
internal static class QueryPlanLua
{
    /// <summary>How many entries each conjunct has, what a walk would cost, and the order of the tests: first what sorts out much for little.</summary>
    public const string Sizes = """
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
        local weights={}
        for i=1,#conj do
          local o,s=conj[i].o,sizes[i]
          local w=s and (o=='t' and #conj[i] or o=='r' and 4 or 8)/(1.001-(most>0 and min(1,s/most) or 0)) or huge
          local j=i
          weights[i]=w
          while j>1 and w<weights[sequence[j-1]] do sequence[j]=sequence[j-1] j=j-1 end
          sequence[j]=i
        end
        local share=1
        for i=1,#conj do
          if sizes[i] and i~=oskip and most>0 then share=share*min(1,sizes[i]/most) end
        end
        local inside=oskip>0 and sizes[oskip] or on
        local cost=share>0 and min(inside,take/share) or inside
        if okind=='p' then cost=cost+4096*(on>0 and min(1,cost/on) or 1) end
        local walks=okind=='r' or okind=='l' or okind=='p'

        """;

    /// <summary>Picks the way.</summary>
    public const string Choice = """
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
        local head=sub(mode,1,1)

        """;

    /// <summary>Walks the index that gives the order, or the list of all entities.</summary>
    public const string Walk = """
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
          local n,all=min(1000,cost<huge and math.ceil(cost*0.9)+12 or 1000),true
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
            n=min(1000,take<huge and found>0 and math.ceil((take-found)*touched/found)+12 or n*2)
          end
          local more=source.more()
          if not more or found>=take then return finish(head,true,'','',more or not all) end
          local x,y=source.mark()
          return finish(head,false,x,y,true)
        end

        """;

    /// <summary>Goes through an index in pieces.</summary>
    public const string Pieces = """
        if head=='P' then
          local i=tonumber(sub(mode,2))
          local nd=conj[i]
          if want=='N' and (nd.o=='t' or nd.many) then return finish(mode,false) end
          local source
          if nd.o=='r' then source=scores(nd.k,nd.a,nd.b,false,c1,c2~='' and c2 or nil)
          elseif nd.o=='l' then
            local lo,hi=lexbounds(nd)
            source=texts(nd.k,lo,hi,false,c1~='' and c1 or nil,i==oskip)
          elseif nd.o=='g' then source=places(nd,c1~='' and tonumber(c1) or 1,c2)
          elseif nd.o=='t' then source=members(nd,c1~='' and tonumber(c1) or 1,c2~='' and c2 or '0')
          else source={next=function() end,more=function() return false end} end
          local same=nd.o=='g' and okind=='g' and nd.k==okey and nd.lon==olon and nd.lat==olat
          local n=take<huge and share>0 and okind=='' and max(10,math.ceil(min(least,take/share*(most>0 and sizes[i]/most or 1))*1.2)) or 1000
          local all=true
          local multi=nd.o=='t' and #nd>1 or nd.many
          local wanted=take
          if okind~='' or multi then take=huge end
          while touched<budget and (okind~='' or found<wanted) do
            local ids,keep,counted=source.next(max(1,min(n,1000,budget-touched)))
            if not ids then break end
            if not counted then touched=touched+#ids end
            if not (i==oskip or same) then keep=nil end
            for f=1,#ids,1000 do
              local t=min(f+999,#ids)
              local a,b=ids,keep
              if #ids>1000 then a,b={unpack(ids,f,t)},keep and {unpack(keep,f,t)} end
              a,b=test(a,b,i)
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
          if not more or (okind=='' and found>=wanted and not multi) then return finish(mode,true,'','',more or not all) end
          local x,y=source.mark()
          return finish(mode,false,x,y,true)
        end

        """;

    /// <summary>Collects an index whole.</summary>
    public const string Collect = """
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
          local a,b=all,keep
          if #all>1000 then a,b={unpack(all,f,t)},keep and {unpack(keep,f,t)} end
          a,b=test(a,b,best)
          local n=#ids
          for i=1,#a do ids[n+i]=a[i] if keys then keys[n+i]=b[i] end end
        end
        if want=='N' then found=#ids return finish('N',true) end
        if okind=='' then return finish('C',true,'','',not emit(ids,nil,true)) end
        ids,keys=keyed(ids,keys)
        local a,b,partial=arrange(ids,keys,take)
        local whole=emit(a,b,true)
        if partial and found<take then
          found,rows,items,lastid,lastkeep=0,{},{},nil,nil
          a,b=arrange(ids,keys,huge)
          whole,partial=emit(a,b,true),false
        end
        return finish('C',true,'','',partial or not whole)

        """;
}
