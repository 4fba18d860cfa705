namespace Sampan.Proxy.Policies;

/// <summary>The kinds of objects that decide who may talk to whom.</summary>
internal enum PolicyKind : byte
{
    Pod,
    Namespace,
    Policy,
}
