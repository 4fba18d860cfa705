using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>What the generator gives every type of the model.</summary>
public interface IApiType<TSelf> : IWireValue<TSelf>, IModel
    where TSelf : IApiType<TSelf>
{
    static abstract TypeSchema Schema { get; }

    TypeSchema IModel.ModelSchema => TSelf.Schema;

    /// <summary>A copy that shares nothing mutable.</summary>
    TSelf DeepClone();

    /// <summary>Equality by value; an absent list, map or text equals an empty one.</summary>
    bool DeepEquals(TSelf? other);
}
