using Sampan.Proxy.Model;

namespace Sampan.Proxy.Policies;

/// <summary>A container's port that policies may call by its name.</summary>
internal readonly record struct NamedPort(string Name, Protocol Protocol, int Number);
