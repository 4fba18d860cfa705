using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>A value of any type of the model.</summary>
public interface IModel : IJsonWritable
{
    TypeSchema ModelSchema { get; }
}
