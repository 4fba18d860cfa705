using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.FlowControl;

/// <summary>How many seats a request needs: a list as many as its objects ask for, everything else one.</summary>
internal sealed class RequestWidth(ResourceCatalog catalog)
{
    private const int MaximumSeats = 10;
    private const int ObjectsPerSeat = 100;

    public int Of(ApiRequest request)
    {
        var info = request.Info;
        if (info.Verb != "list" || catalog.Find(info.ApiGroup, info.ApiVersion, info.Resource) is not { Review: null } resource) return 1;
        int objects = catalog.StorageOf(resource).Cache.Snapshot().Count;
        if (int.TryParse(request.Query["limit"], out int limit) && limit > 0) objects = Math.Min(objects, limit);
        return Math.Clamp(1 + (objects / ObjectsPerSeat), 1, MaximumSeats);
    }
}
