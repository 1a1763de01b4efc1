namespace RedisPatterns;

/// <summary>A model of this library's own: the key grammar makes its name, which no other model can have.</summary>
internal interface IReservedModel;
