using Sampan.Api.Meta.V1;

namespace Sampan.Client;

/// <summary>An object of any kind, of which only type and metadata are known.</summary>
public sealed record PartialObject(string ApiVersion, string Kind, ObjectMeta Metadata);
