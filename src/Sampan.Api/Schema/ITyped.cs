using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>A type that stands alone: it names its version and kind, and writes them in JSON.</summary>
public interface ITyped : IJsonWritable
{
    string ApiVersion { get; }

    string Kind { get; }

    /// <summary>Writes the object as an element of a list, without apiVersion and kind.</summary>
    void WriteJsonItem(Utf8JsonWriter writer);
}

/// <inheritdoc/>
public interface ITyped<TSelf> : ITyped, IApiType<TSelf>
    where TSelf : class, ITyped<TSelf>
{
    static abstract KindInfo Info { get; }
}
