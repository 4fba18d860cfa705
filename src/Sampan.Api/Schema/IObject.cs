using Sampan.Api.Meta.V1;

namespace Sampan.Api;

/// <summary>An object with metadata.</summary>
public interface IObject : ITyped
{
    ObjectMeta Metadata { get; set; }
}

/// <inheritdoc/>
public interface IObject<TSelf> : IObject, ITyped<TSelf>
    where TSelf : class, IObject<TSelf>;
