namespace RedisPatterns;

/// <summary>What a write script has to do. Every function in a script costs time whenever it runs, so it holds those it needs.</summary>
[Flags]
internal enum ScriptParts
{
    None = 0,

    /// <summary>Writes entities whole.</summary>
    Put = 1,

    /// <summary>Deletes entities.</summary>
    Delete = 2,

    /// <summary>Changes fields.</summary>
    Patch = 4,

    /// <summary>Adds to integers and decimals.</summary>
    Numbers = 8,

    /// <summary>Adds to floating-point numbers.</summary>
    Floats = 16,

    /// <summary>Appends to collections.</summary>
    Append = 32,

    /// <summary>Removes from collections.</summary>
    Remove = 64,

    /// <summary>Compares what is stored.</summary>
    State = 128,

    /// <summary>Has several operations, of which a later one may be refused.</summary>
    Several = 256,

    /// <summary>Sets when entities end.</summary>
    Expiry = 512,

    /// <summary>Sweeps expired entities whose keys are not declared.</summary>
    Sweep = 1024,

    /// <summary>Demands that entities exist, or do not, whatever else it does with them.</summary>
    Require = 2048,

    /// <summary>Writes shape and indexes of the model into the catalogue.</summary>
    Register = 4096,

    /// <summary>Writes the entries and memos of entities anew.</summary>
    Reindex = 8192,

    /// <summary>Refuses where the last key exists.</summary>
    Guard = 16384,

    /// <summary>Refuses where a lock has another owner.</summary>
    Fence = 32768,
}
