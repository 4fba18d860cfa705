using Sampan.Api;

namespace Sampan.Proxy.Policies;

/// <summary>An object that policies depend on.</summary>
internal readonly record struct PolicyKey(PolicyKind Kind, ObjectKey Key);
