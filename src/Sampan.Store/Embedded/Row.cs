namespace Sampan.Store.Embedded;

/// <summary>The newest row of a key. Id 0: the key has no row; Value null: it is deleted.</summary>
internal readonly record struct Row(long Id, KeyValue? Value)
{
    public static Row None => default;
}
