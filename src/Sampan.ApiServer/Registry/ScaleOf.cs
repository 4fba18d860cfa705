using Sampan.Api;
using Sampan.Api.Autoscaling.V1;

namespace Sampan.ApiServer.Registry;

/// <summary>The scale of a kind with replicas and a selector.</summary>
internal sealed class ScaleOf<T>(Func<T, int> wanted, Func<T, int> present, Func<T, string?> selector, Action<T, int> set) : ScaleStrategy
    where T : class, IObject<T>
{
    public override Scale ToScale(IObject obj) => Scale(obj, wanted((T)obj), present((T)obj), selector((T)obj));

    public override void SetReplicas(IObject obj, int replicas) => set((T)obj, replicas);
}
