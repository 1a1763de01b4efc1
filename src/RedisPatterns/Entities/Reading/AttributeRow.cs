namespace RedisPatterns;

/// <summary>What the list of an entity's attributes says.</summary>
/// <param name="List">The list as it is stored.</param>
/// <param name="Schema">The version of the schema.</param>
/// <param name="Heads">What stands before the values of the members in JSON: comma, name, colon.</param>
/// <param name="Places">Where their texts are among those that were read.</param>
internal sealed record AttributeRow(StoreValue List, int Schema, byte[][] Heads, int[] Places);
