using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ControllerManager.PersistentVolumes;

namespace Sampan.ControllerManager.Tests.PersistentVolumes;

/// <summary>
/// Where each state of volumes and claims ends. A volume is written <c>name size claim? flags</c>, a claim <c>name size volume? flags</c>:
/// <code>
/// pv 1Gi =data            its reference names the claim by uid      pv 1Gi ~data     by name alone
/// data 1Gi =pv bound      names the volume and is bind-completed    by: bound-by-controller
/// </code>
/// </summary>
public sealed class BinderTableTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    public static TheoryData<string, string, string, string> Cases => new()
    {
        // upstream's TestSync, 1-x: claims without a volume
        { "1-1 successful bind", "pv 1Gi", "data 1Gi", "pv:Bound=data,by data:Bound=pv,by" },
        { "1-2 no volume", "", "data 1Gi", "data:Pending" },
        { "1-3 reset of a claim that was bound", "", "data 1Gi phase=Bound", "data:Pending" },
        { "1-4 the first that suits, others stay", "small 1Gi; pv 10Gi", "data 1Gi", "pv:Available small:Bound=data,by data:Bound=small,by" },
        { "1-5 a volume that was made for it", "pv 1Gi ~data; free 1Gi", "data 1Gi", "free:Available pv:Bound=data data:Bound=pv,by" },
        { "1-6 a volume bound to it already", "pv 1Gi =data", "data 1Gi", "pv:Bound=data data:Bound=pv,by" },
        { "1-7 a volume made for another", "pv 1Gi ~other", "data 1Gi", "pv:Available~other data:Pending" },
        { "1-8 too small", "pv 1Gi", "data 5Gi", "pv:Available data:Pending" },
        { "1-9 made for it but too small", "pv 1Gi ~data", "data 5Gi", "pv:Available~data data:Pending" },
        { "1-10 made for it, of another class", "pv 1Gi ~data class=gold", "data 1Gi", "pv:Bound=data data:Bound=pv,by" },
        { "1-11 of another class", "pv 1Gi class=gold", "data 1Gi", "pv:Available data:Pending" },
        { "1-12 selector", "a 1Gi label=x; b 2Gi label=y", "data 1Gi select=y", "a:Available b:Bound=data,by data:Bound=b,by" },
        { "1-13 volume on its way out", "pv 1Gi going", "data 1Gi", "pv:Available data:Pending" },
        { "1-14 block asked, files there", "pv 1Gi", "data 1Gi block", "pv:Available data:Pending" },
        { "1-15 block asked, block there", "pv 1Gi block", "data 1Gi block", "pv:Bound=data,by data:Bound=pv,by" },
        { "1-16 made for it, of another mode", "pv 1Gi ~data block", "data 1Gi", "pv:Available~data data:Pending" },
        { "1-17 attributes differ", "pv 1Gi vac=gold", "data 1Gi", "pv:Available data:Pending" },
        { "1-18 attributes agree", "pv 1Gi vac=gold", "data 1Gi vac=gold", "pv:Bound=data,by data:Bound=pv,by" },
        { "1-19 modes: the one that can do less first", "many 1Gi modes=ReadWriteOnce+ReadWriteMany; pv 9Gi", "data 1Gi", "many:Available pv:Bound=data,by data:Bound=pv,by" },
        { "1-20 modes: none can do it", "pv 1Gi", "data 1Gi modes=ReadWriteMany", "pv:Available data:Pending" },
        // 2-x: claims that name their volume
        { "2-1 named volume is not there", "", "data 1Gi =pv", "data:Pending=pv" },
        { "2-2 named volume is free", "pv 1Gi", "data 1Gi =pv", "pv:Bound=data,by data:Bound=pv" },
        { "2-3 named volume was made for it", "pv 1Gi ~data", "data 1Gi =pv", "pv:Bound=data data:Bound=pv" },
        { "2-4 named volume is bound to it", "pv 1Gi =data", "data 1Gi =pv", "pv:Bound=data data:Bound=pv" },
        { "2-5 named volume is another's", "pv 1Gi ~other", "data 1Gi =pv", "pv:Available~other data:Pending=pv" },
        { "2-6 named volume of another class", "pv 1Gi class=gold", "data 1Gi =pv", "pv:Available data:Pending=pv" },
        { "2-7 named volume of another class that was made for it", "pv 1Gi ~data class=gold", "data 1Gi =pv", "pv:Bound=data data:Bound=pv" },
        { "2-8 named volume of another mode", "pv 1Gi block", "data 1Gi =pv", "pv:Available data:Pending=pv" },
        { "2-9 named volume is too small", "pv 1Gi", "data 5Gi =pv", "pv:Available data:Pending=pv" },
        // 3-x: claims that were bound
        { "3-1 bound claim lost its name", "", "data 1Gi bound", "data:Lost" },
        { "3-2 bound claim lost its volume", "", "data 1Gi =pv bound", "data:Lost=pv" },
        { "3-3 bound claim, volume free", "pv 1Gi", "data 1Gi =pv bound", "pv:Bound=data,by data:Bound=pv" },
        { "3-4 bound claim, volume bound to it", "pv 1Gi =data", "data 1Gi =pv bound", "pv:Bound=data data:Bound=pv" },
        { "3-5 bound claim, volume another's", "pv 1Gi ~other", "data 1Gi =pv bound", "pv:Available~other data:Lost=pv" },
        { "3-6 bound claim, volume names it without uid", "pv 1Gi ~data", "data 1Gi =pv bound", "pv:Available~data data:Lost=pv" },
        // 4-x: volumes
        { "4-1 free volume", "pv 1Gi", "", "pv:Available" },
        { "4-2 made for a claim that is not there", "pv 1Gi ~data", "", "pv:Available~data" },
        { "4-3 claim is gone", "pv 1Gi =gone phase=Bound", "", "pv:Released=gone" },
        { "4-4 claim is another one of that name", "pv 1Gi =gone/data phase=Bound", "data 1Gi =x", "pv:Released=gone/data data:Pending=x" },
        { "4-5 claim took another, chosen by the controller", "pv 1Gi =data by; other 1Gi =data", "data 1Gi =other bound", "other:Bound=data pv:Available data:Bound=other" },
        { "4-6 claim took another, chosen by the user", "pv 1Gi =data; other 1Gi =data", "data 1Gi =other bound", "other:Bound=data pv:Available~data data:Bound=other" },
        { "4-7 claim took another, made for it", "pv 1Gi =data by made policy=Delete; other 1Gi =data", "data 1Gi =other bound", "other:Bound=data pv:Released=data,by data:Bound=other" },
        { "4-8 claim is gone, to be deleted by its maker", "pv 1Gi =gone made policy=Delete phase=Bound", "", "pv:Released=gone" },
        { "4-9 claim is gone, nobody deletes it", "pv 1Gi =gone policy=Delete phase=Bound", "", "pv:Failed=gone" },
        { "4-10 claim is gone, nobody recycles it", "pv 1Gi =gone policy=Recycle phase=Bound", "", "pv:Failed=gone" },
        // 13-x: classes
        { "13-1 delayed: waits for the scheduler", "pv 1Gi class=late", "data 1Gi class=late", "pv:Available data:Pending" },
        { "13-2 delayed: the scheduler chose", "pv 1Gi class=late ~data", "data 1Gi class=late", "pv:Bound=data data:Bound=pv,by" },
        { "13-3 delayed: a node was chosen, its provisioner makes one", "pv 1Gi class=late", "data 1Gi class=late selected", "pv:Available data:Pending,asked" },
        { "13-4 provisioner is asked", "", "data 1Gi class=fast", "data:Pending,asked" },
        { "13-5 class is not there", "", "data 1Gi class=nowhere", "data:Pending" },
        { "13-6 no class said: a volume without a class first", "pv 1Gi", "data 1Gi class=-", "pv:Bound=data,by data:Bound=pv,by" },
        { "13-7 no class said: the default one", "pv 1Gi class=standard", "data 1Gi class=-", "pv:Bound=data,by data:Bound=pv,by" },
        { "13-8 no class wanted: not the default one", "pv 1Gi class=standard", "data 1Gi", "pv:Available data:Pending" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Sync_FromAnyState_EndsWhereUpstreamDoes(string name, string volumes, string claims, string wanted)
    {
        Api.Put(new StorageClass { Metadata = new() { Name = "late" }, Provisioner = "example.com/disk", VolumeBindingMode = "WaitForFirstConsumer" });
        Api.Put(new StorageClass { Metadata = new() { Name = "fast" }, Provisioner = "example.com/disk" });
        if (claims.Contains("class=-", StringComparison.Ordinal))
            Api.Put(new StorageClass { Metadata = new() { Name = "standard", Annotations = new() { ["storageclass.kubernetes.io/is-default-class"] = "true" } }, Provisioner = "example.com/disk" });
        foreach (var text in Split(claims)) Api.Put(ClaimOf(text.Split(' ')));
        foreach (var text in Split(volumes)) Api.Put(VolumeOf(text.Split(' ')));
        await _harness.StartAsync(c => new ClaimBinder(c), c => new VolumeBinder(c));
        await _harness.AdvanceUntilAsync(() => State() == wanted, $"{name}: {wanted}");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(wanted, State());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static string[] Split(string text) => text.Split("; ", StringSplitOptions.RemoveEmptyEntries);

    private static string? Value(string[] words, string name) => words.FirstOrDefault(w => w.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static PersistentVolumeClaim ClaimOf(string[] words)
    {
        var claim = new PersistentVolumeClaim
        {
            Metadata = new() { Namespace = "default", Name = words[0], Annotations = [] },
            Spec = new()
            {
                VolumeName = Array.Find(words, w => w[0] == '=')?[1..],
                AccessModes = [.. (Value(words, "modes") ?? "ReadWriteOnce").Split('+')],
                Resources = new() { Requests = new() { ["storage"] = Quantity.Parse(words[1]) } },
                StorageClassName = Value(words, "class") is var name && name == "-" ? null : name ?? "",
                VolumeAttributesClassName = Value(words, "vac"),
                VolumeMode = words.Contains("block") ? "Block" : null,
                Selector = Value(words, "select") is { } label ? new() { MatchLabels = new() { ["label"] = label } } : null,
            },
            Status = new() { Phase = Value(words, "phase") ?? "Pending" },
        };
        if (words.Contains("bound")) claim.Metadata.Annotations["pv.kubernetes.io/bind-completed"] = "yes";
        if (words.Contains("selected")) claim.Metadata.Annotations["volume.kubernetes.io/selected-node"] = "one";
        return claim;
    }

    private PersistentVolume VolumeOf(string[] words)
    {
        var volume = new PersistentVolume
        {
            Metadata = new() { Name = words[0], Annotations = [], Labels = Value(words, "label") is { } label ? new() { ["label"] = label } : null },
            Spec = new()
            {
                Capacity = new() { ["storage"] = Quantity.Parse(words[1]) },
                AccessModes = [.. (Value(words, "modes") ?? "ReadWriteOnce").Split('+')],
                StorageClassName = Value(words, "class") ?? "",
                VolumeAttributesClassName = Value(words, "vac"),
                VolumeMode = words.Contains("block") ? "Block" : null,
                PersistentVolumeReclaimPolicy = Value(words, "policy") ?? "Retain",
                ClaimRef = Array.Find(words, w => w[0] is '=' or '~') is { } claim ? Reference(claim[1..], claim[0] == '=') : null,
            },
            Status = new() { Phase = Value(words, "phase") ?? "Available" },
        };
        if (words.Contains("by")) volume.Metadata.Annotations["pv.kubernetes.io/bound-by-controller"] = "yes";
        if (words.Contains("made")) volume.Metadata.Annotations["pv.kubernetes.io/provisioned-by"] = "example.com/disk";
        if (words.Contains("going")) (volume.Metadata.DeletionTimestamp, volume.Metadata.Finalizers) = (_harness.Time.GetUtcNow(), ["example.com/hold"]);
        return volume;
    }

    /// <summary>uid/name is a claim that is gone.</summary>
    private ObjectReference Reference(string claim, bool withUid) => new()
    {
        Kind = "PersistentVolumeClaim",
        Namespace = "default",
        Name = claim[(claim.IndexOf('/', StringComparison.Ordinal) + 1)..],
        Uid = !withUid ? null : Api.Find<PersistentVolumeClaim>("default", claim)?.Metadata.Uid ?? claim,
    };

    private string State() => string.Join(' ', Api.List<PersistentVolume>().Select(Text).Concat(Api.List<PersistentVolumeClaim>().Select(Text)));

    private string Text(PersistentVolume volume)
    {
        var reference = volume.Spec.ClaimRef;
        var claim = reference is null ? "" : string.IsNullOrEmpty(reference.Uid) ? "~" + reference.Name : "=" + (Api.List<PersistentVolumeClaim>().Exists(c => c.Metadata.Uid == reference.Uid) ? reference.Name : reference.Uid);
        return $"{volume.Metadata.Name}:{volume.Status.Phase}{claim}{(volume.Metadata.Annotations?.ContainsKey("pv.kubernetes.io/bound-by-controller") == true ? ",by" : "")}";
    }

    private static string Text(PersistentVolumeClaim claim)
    {
        var annotations = claim.Metadata.Annotations.OrEmpty();
        var volume = string.IsNullOrEmpty(claim.Spec.VolumeName) ? "" : "=" + claim.Spec.VolumeName;
        var by = annotations.ContainsKey("pv.kubernetes.io/bound-by-controller") ? ",by" : "";
        return $"{claim.Metadata.Name}:{claim.Status.Phase}{volume}{by}{(annotations.ContainsKey("volume.kubernetes.io/storage-provisioner") ? ",asked" : "")}";
    }
}
