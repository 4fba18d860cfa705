using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Registry;

/// <summary>The object that a deletion found, in its last version; not deleted means that it waits (grace period, finalizers).</summary>
internal readonly record struct DeletionResult(CachedObject Object, bool Deleted);
