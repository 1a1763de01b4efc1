namespace RedisPatterns;

/// <summary>
/// The Lua functions by which a script patches fields; the twin is <see cref="PatchOperation.Apply"/>.
/// </summary>
/// <remarks>
/// A function gives the new text, or a number: 1 not a number, 2 out of range, 3 not a collection, 4 to be worked out by
/// the client. Sums are exact: of digits, never of doubles, unless the field is a floating-point number.
/// </remarks>
internal static class PatchLua
{
    private static readonly (ScriptParts Parts, string Lua)[] Functions =
    [
        (ScriptParts.Numbers, """
            local function digits(s)
              local minus,whole,part=match(s,'^(-?)(%d+)%.?(%d*)$')
              return minus=='-',whole,part
            end

            """),
        (ScriptParts.Numbers, """
            local function sum(a,b)
              local an,ai,af=digits(a)
              local bn,bi,bf=digits(b)
              local scale=max(#af,#bf)
              local x,y=ai..af..rep('0',scale-#af),bi..bf..rep('0',scale-#bf)
              local width=max(#x,#y)+1
              x,y=rep('0',width-#x)..x,rep('0',width-#y)..y
              local minus,out,carry=an,{},0
              if an~=bn and x<y then x,y,minus=y,x,bn end
              for j=width,1,-1 do
                local d
                if an==bn then d=byte(x,j)+byte(y,j)-96+carry else d=byte(x,j)-byte(y,j)-carry end
                if an==bn then carry=d>9 and 1 or 0 d=d%10 else carry=d<0 and 1 or 0 d=d%10 end
                out[j]=char(48+d)
              end
              local r=concat(out)
              local whole,part=match(sub(r,1,width-scale),'^0*(%d*)$'),sub(r,width-scale+1)
              if #match(whole..part,'^0*(.*)$')>28 then return 4 end
              if whole=='' then whole='0' end
              if not match(whole..part,'[1-9]') then minus=false end
              return (minus and '-' or '')..whole..(scale>0 and '.'..part or '')
            end

            """),
        (ScriptParts.Numbers, """
            local function above(a,b)
              local an,ai=digits(a)
              local bn,bi=digits(b)
              if an~=bn then return bn end
              if #ai~=#bi then return (#ai>#bi)~=an end
              return ai~=bi and (ai>bi)~=an
            end

            """),
        (ScriptParts.Numbers, """
            local function plus_N(a,b,range)
              if not a or a=='null' then a='0' end
              if not match(a,'^-?%d+%.?%d*$') then return 1 end
              local r
              if #a<15 and #b<15 and not find(a..b,'.',1,true) then r=format('%.0f',tonumber(a)+tonumber(b)) else r=sum(a,b) end
              if r~=4 and range~='' then
                local low,high=match(range,'^([^,]*),(.*)$')
                if find(r,'.',1,true) then return 1 end
                if above(r,high) or above(low,r) then return 2 end
              end
              return r
            end

            """),
        (ScriptParts.Floats, """
            local function plus_F(a,b)
              if not a or a=='null' then a='0' end
              if not match(a,'^-?%d[%d%.eE+-]*$') or not tonumber(a) then return 1 end
              local r=tonumber(a)+0.0+tonumber(b)
              if r~=r or r==huge or r==-huge then return 2 end
              local s
              for p=15,17 do
                s=format('%.'..p..'g',r)
                if tonumber(s)==r then break end
              end
              return s
            end

            """),
        (ScriptParts.Append, """
            local function append(a,b)
              if not a or a=='null' or match(a,'^%[[ \t\r\n]*%]$') then return '['..b..']' end
              if byte(a)~=91 or byte(a,#a)~=93 then return 3 end
              return sub(a,1,-2)..','..b..']'
            end

            """),
        (ScriptParts.Remove, """
            local function remove(a,b)
              if not a or a=='null' then return a end
              if byte(a)~=91 or byte(a,#a)~=93 then return 3 end
              local out,depth,from,p,last={},0,2,2,#a
              local function item(x)
                x=match(x,'^[ \t\r\n]*(.-)[ \t\r\n]*$')
                if x~='' and x~=b then out[#out+1]=x end
              end
              while true do
                local q=find(a,'[%[%]{}",]',p)
                if not q or q>=last then break end
                local ch=byte(a,q)
                p=q+1
                if ch==34 then
                  repeat
                    q=find(a,'["\\]',p)
                    if not q then return 3 end
                    p=q+(byte(a,q)==92 and 2 or 1)
                  until byte(a,q)==34
                elseif ch==44 then
                  if depth==0 then item(sub(a,from,q-1)) from=q+1 end
                elseif ch==91 or ch==123 then depth=depth+1
                else depth=depth-1 end
              end
              item(sub(a,from,last-1))
              return '['..concat(out,',')..']'
            end

            """),
        (ScriptParts.Patch, """
            local function plan(get,doc,i,c)
              local sets,res,names={},{},{}
              for j=i,i+c-1,4 do
                local kind,f,x=ARGV[j],ARGV[j+1],ARGV[j+2]
                local v
                if kind=='S' then v=x
                elseif kind=='U' then v=false
                else
                  local old=sets[f]
                  if old==nil then old=get(doc,f) end
                  if kind=='N' then v=plus_N(old,x,ARGV[j+3])
                  elseif kind=='F' then v=plus_F(old,x)
                  elseif kind=='A' then v=append(old,x)
                  else v=remove(old,x) end
                  if type(v)=='number' then return {v==4 and -8 or -7,(j-i)/4*10+v} end
                end
                if sets[f]==nil then names[#names+1]=f end
                sets[f]=v
                res[(j-i)/4+1]=v
              end
              return nil,sets,res,names
            end

            """),
        (ScriptParts.Patch, """
            local function entry(n,o,res)
              local kind=byte(n)
              if kind==1 then return o end
              if kind==2 then return res[tonumber(sub(n,2))] end
              if kind~=4 then return n end
              local has,list,out={},{},{}
              for t in gmatch(o,'[^,]+') do has[t]=true list[#list+1]=t end
              for sign,t in gmatch(sub(n,2),'([+-])([^,]+)') do
                if sign=='-' then has[t]=nil elseif not has[t] then has[t]=true list[#list+1]=t end
              end
              for _,t in ipairs(list) do if has[t] then out[#out+1]=t has[t]=nil end end
              return concat(out,',')
            end

            """),
    ];

    /// <summary>The functions that a script needs.</summary>
    public static string Of(ScriptParts parts) => string.Concat(Functions.Where(function => (function.Parts & parts) != 0).Select(function => function.Lua));
}
