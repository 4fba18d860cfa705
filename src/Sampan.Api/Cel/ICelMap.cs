namespace Sampan.Api.Cel;

/// <summary>A map as expressions see it. Keys are strings, integers or booleans.</summary>
public interface ICelMap
{
    IEnumerable<object> Keys { get; }

    int Count { get; }

    bool TryGet(object key, out object? value);
}
