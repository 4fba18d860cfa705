namespace Sampan.Api;

/// <summary>Whether a field holds one value, a list or a map with string keys.</summary>
public enum FieldShape
{
    Single,
    List,
    Map,

    /// <summary>A map whose values are lists of strings.</summary>
    MapOfLists,
}
