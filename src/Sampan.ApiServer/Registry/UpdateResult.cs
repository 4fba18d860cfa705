using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Registry;

/// <summary>The version after an update, and whether the update created or finally deleted the object.</summary>
internal readonly record struct UpdateResult(CachedObject Object, bool Created, bool Deleted = false);
