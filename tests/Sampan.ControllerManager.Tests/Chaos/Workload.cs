using Sampan.Api.Apps.V1;
using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Batch.V1;
using Sampan.Api.Certificates.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Policy.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.ControllerManager.Tests.Chaos;

/// <summary>What users do, the same for the same seed, and what must have become of it in the end.</summary>
internal sealed class Workload(FakeApi api, int seed)
{
    private readonly Random _random = new(seed);
    private int _image;
    private int _step;

    public void Begin()
    {
        api.Put(new Namespace { Metadata = new ObjectMeta { Name = "default" }, Status = new NamespaceStatus { Phase = "Active" } });
        api.Put(new Deployment { Metadata = Meta("web"), Spec = new DeploymentSpec { Replicas = 3, Selector = Select("web"), Template = Template("web"), Strategy = Rolling(), RevisionHistoryLimit = 2 } });
        api.Put(new ReplicationController { Metadata = Meta("old"), Spec = new ReplicationControllerSpec { Replicas = 2, Selector = Labels("old"), Template = Template("old") } });
        api.Put(new DaemonSet { Metadata = Meta("agent"), Spec = new DaemonSetSpec { Selector = Select("agent"), Template = Template("agent"), UpdateStrategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxUnavailable = 1, MaxSurge = 0 } } } });
        api.Put(new StatefulSet
        {
            Metadata = Meta("db"),
            Spec = new StatefulSetSpec
            {
                Replicas = 2, ServiceName = "db", Selector = Select("db"), Template = Template("db"),
                UpdateStrategy = new() { Type = "RollingUpdate" },
                VolumeClaimTemplates = [new PersistentVolumeClaim { Metadata = new ObjectMeta { Name = "data" }, Spec = new() { AccessModes = ["ReadWriteOnce"], StorageClassName = "disks", Resources = new() { Requests = new() { ["storage"] = Quantity.Parse("1Gi") } } } }],
            },
        });
        api.Put(new StorageClass { Metadata = new() { Name = "disks" }, Provisioner = "kubernetes.io/no-provisioner" });
        for (var i = 0; i < 6; i++) PutDisk($"disk-{i}");
        api.Put(Requests.OfKubelet("node-0"));
        api.Put(new Namespace { Metadata = new() { Name = "going" }, Spec = new() { Finalizers = ["kubernetes"] }, Status = new() { Phase = "Active" } });
        api.Put(new ConfigMap { Metadata = new() { Namespace = "going", Name = "held", Finalizers = ["example.com/hold"] } });
        PutJob("plain", 6);
        PutJob("indexed", 10, j => (j.CompletionMode, j.BackoffLimit, j.BackoffLimitPerIndex) = ("Indexed", null, 1));
        PutJob("enough", 8, j => (j.Parallelism, j.CompletionMode, j.SuccessPolicy) = (1, "Indexed", new() { Rules = [new() { SucceededIndexes = "0" }] }));
        PutJob("brief", 2, j => j.TtlSecondsAfterFinished = 30);
        PutJob("paused", 6);
        PutJob("broken", 4, j => (j.Parallelism, j.BackoffLimit) = (1, 2));
        api.Put(new CronJob
        {
            Metadata = Meta("tick"),
            Spec = new CronJobSpec
            {
                Schedule = "*/5 * * * *", ConcurrencyPolicy = "Forbid", SuccessfulJobsHistoryLimit = 2, FailedJobsHistoryLimit = 1,
                JobTemplate = new() { Spec = JobSpec("tick", 1) },
            },
        });
        var elastic = Meta("elastic");
        elastic.Annotations = new() { [FakeMetrics.Load] = "300" };
        api.Put(new Deployment { Metadata = elastic, Spec = new DeploymentSpec { Replicas = 2, Selector = Select("elastic"), Template = Template("elastic"), Strategy = Rolling() } });
        api.Put(new HorizontalPodAutoscaler
        {
            Metadata = Meta("elastic"),
            Spec = new()
            {
                ScaleTargetRef = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = "elastic" }, MinReplicas = 1, MaxReplicas = 8,
                Metrics = [new() { Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "AverageValue", AverageValue = Quantity.Parse("100m") } } }],
                Behavior = new() { ScaleDown = new() { StabilizationWindowSeconds = 0 } },
            },
        });
        api.Put(new Service { Metadata = Meta("web"), Spec = new ServiceSpec { ClusterIP = "10.96.0.20", Selector = Labels("web"), IpFamilies = ["IPv4"], Ports = [new ServicePort { Port = 80, Protocol = "TCP" }] } });
        api.Put(new PodDisruptionBudget { Metadata = Meta("web"), Spec = new PodDisruptionBudgetSpec { Selector = Select("web"), MaxUnavailable = 1 } });
        api.Put(new ResourceQuota { Metadata = Meta("quota"), Spec = new ResourceQuotaSpec { Hard = new() { ["pods"] = new Quantity(100), ["services"] = new Quantity(5), ["persistentvolumeclaims"] = new Quantity(50) } } });
    }

    public void Change()
    {
        switch (++_step)
        {
            case 1: Change<Job>("paused", j => j.Spec.Suspend = true); break;
            case 3: api.Delete<Namespace>(null, "going"); break;
            case 5: Change<Job>("paused", j => (j.Spec.Suspend, j.Spec.Parallelism) = (false, 1)); break;
            case 8: LetGo(); break;
        }

        switch (_random.Next(9))
        {
            case 0: Change<Deployment>("web", d => d.Spec.Replicas = 1 + _random.Next(6)); break;
            case 1: Change<Deployment>("web", d => d.Spec.Template.Spec.Containers[0].Image = NextImage()); break;
            case 2: Change<ReplicationController>("old", c => c.Spec.Replicas = _random.Next(5)); break;
            case 3: Change<StatefulSet>("db", s => s.Spec.Replicas = 1 + _random.Next(4)); break;
            case 4: Change<StatefulSet>("db", s => s.Spec.Template.Spec.Containers[0].Image = NextImage()); break;
            case 5: Change<DaemonSet>("agent", d => d.Spec.Template.Spec.Containers[0].Image = NextImage()); break;
            case 6: Change<Deployment>("elastic", d => d.Metadata.Annotations![FakeMetrics.Load] = $"{100 * (1 + _random.Next(7))}"); break;
            case 7: Change<Deployment>("elastic", d => d.Spec.Template.Spec.Containers[0].Image = NextImage()); break;
            default: DeleteOne("web"); break;
        }
    }

    private void DeleteOne(string app)
    {
        if (Pods(app) is [{ } pod, ..]) api.Delete<Pod>("default", pod.Metadata.Name);
    }

    /// <summary>What must not depend on the way that led there: names that the server made up and times are left out.</summary>
    public string Outcome() => string.Join('\n', Lines());

    private IEnumerable<string> Lines()
    {
        var web = Find<Deployment>("web");
        yield return $"deployment {web.Spec.Replicas} {web.Status.Replicas} {web.Status.UpdatedReplicas} {web.Status.AvailableReplicas} {web.Status.ObservedGeneration == web.Metadata.Generation}";
        yield return $"sets in use {api.List<ReplicaSet>().Count(s => s.Spec.Replicas > 0)} of {web.Spec.Template.Spec.Containers[0].Image}: {Images("web")}";
        var old = Find<ReplicationController>("old");
        yield return $"controller {old.Spec.Replicas} {old.Status.Replicas} {old.Status.ReadyReplicas}: {Pods("old").Count}";
        var agent = Find<DaemonSet>("agent");
        yield return $"daemons {agent.Status.DesiredNumberScheduled} {agent.Status.NumberReady} {agent.Status.UpdatedNumberScheduled}: {Images("agent")} on {string.Join(',', Pods("agent").Select(p => p.Spec.NodeName).Order(StringComparer.Ordinal))}";
        var db = Find<StatefulSet>("db");
        yield return $"stateful {db.Spec.Replicas} {db.Status.ReadyReplicas} {db.Status.CurrentRevision == db.Status.UpdateRevision}: {Images("db")} {string.Join(',', Pods("db").Select(p => p.Metadata.Name).Order(StringComparer.Ordinal))}";
        var elastic = Find<Deployment>("elastic");
        yield return $"autoscaled for {elastic.Metadata.Annotations![FakeMetrics.Load]} {elastic.Spec.Replicas} {elastic.Status.AvailableReplicas} {Find<HorizontalPodAutoscaler>("elastic").Status.DesiredReplicas}: {Images("elastic")}";
        var ticks = api.List<Job>().Where(j => j.Metadata.OwnerReferences is { Count: > 0 }).ToList();
        yield return $"cron history {ticks.Count(j => j.Status.CompletionTime is not null)}, once each {ticks.Select(j => j.Metadata.Name).Distinct().Count() == ticks.Count}";
        yield return $"brief job goes {api.Find<Job>("default", "brief") is not { Metadata.DeletionTimestamp: null }}";
        foreach (var job in api.List<Job>().Except(ticks).Where(j => j.Metadata.Name != "brief"))
            yield return $"job {job.Metadata.Name} {job.Status.Succeeded} {job.Status.Failed} {job.Status.CompletedIndexes} {job.Status.FailedIndexes} {string.Join(',', job.Status.Conditions.OrEmpty().Where(c => c.Status == "True").Select(c => c.Type).Order(StringComparer.Ordinal))} held {api.List<Pod>().Count(p => p.Metadata.Labels?.GetValueOrDefault("job") == job.Metadata.Name && p.Metadata.Finalizers is { Count: > 0 })}";
        var slices = api.List<EndpointSlice>().Where(s => s.Metadata.Labels?.GetValueOrDefault("kubernetes.io/service-name") == "web").SelectMany(s => s.Endpoints.OrEmpty()).ToList();
        yield return $"endpoints {slices.Count(e => e.Conditions?.Ready == true)} of {slices.Count}, {slices.Select(e => e.TargetRef?.Name).Distinct().Count()} pods";
        var claims = api.List<PersistentVolumeClaim>();
        yield return $"claims bound {claims.TrueForAll(c => c.Status.Phase == "Bound")}, each to its own {claims.Select(c => c.Spec.VolumeName).Distinct().Count() == claims.Count}, protected {claims.TrueForAll(c => c.Metadata.Finalizers?.Contains("kubernetes.io/pvc-protection") == true)}";
        yield return $"volumes {string.Join(',', api.List<PersistentVolume>().Where(v => (v.Status.Phase == "Bound") != claims.Exists(c => c.Spec.VolumeName == v.Metadata.Name && c.Metadata.Uid == v.Spec.ClaimRef?.Uid)).Select(v => v.Metadata.Name))}";
        var request = api.Find<CertificateSigningRequest>(null, "node-0")!.Status;
        yield return $"request {string.Join(',', request.Conditions.OrEmpty().Select(c => c.Type))} issued {request.Certificate is { Length: > 0 }}";
        yield return $"namespace {api.Find<Namespace>(null, "going")?.Status.Phase}";
        var budget = Find<PodDisruptionBudget>("web").Status;
        yield return $"budget {budget.ExpectedPods} {budget.CurrentHealthy} {budget.DesiredHealthy} {budget.DisruptionsAllowed}";
        var quota = Find<ResourceQuota>("quota").Status.Used.OrEmpty();
        yield return $"quota {quota.GetValueOrDefault("pods").AsLong() == api.List<Pod>().Count(p => p.Status.Phase is not ("Succeeded" or "Failed"))} {quota.GetValueOrDefault("services")} {quota.GetValueOrDefault("persistentvolumeclaims").AsLong() == api.List<PersistentVolumeClaim>().Count}";
    }

    /// <summary>Takes the last finalizer off what holds the namespace.</summary>
    private void LetGo()
    {
        if (api.Find<ConfigMap>("going", "held")!.Metadata.DeletionTimestamp is not null) api.Remove<ConfigMap>("going", "held");
        else Change<ConfigMap>("held", m => m.Metadata.Finalizers = null, "going");
    }

    private void PutDisk(string name) => api.Put(new PersistentVolume
    {
        Metadata = new() { Name = name },
        Spec = new()
        {
            Capacity = new() { ["storage"] = Quantity.Parse("1Gi") }, AccessModes = ["ReadWriteOnce"], StorageClassName = "disks", PersistentVolumeReclaimPolicy = "Retain", HostPath = new() { Path = "/" + name },
        },
    });

    private void PutJob(string name, int completions, Action<JobSpec>? change = null)
    {
        var spec = JobSpec(name, completions);
        change?.Invoke(spec);
        api.Put(new Job { Metadata = Meta(name), Spec = spec });
    }

    private static JobSpec JobSpec(string name, int completions)
    {
        var template = Template(name);
        (template.Spec.RestartPolicy, template.Metadata.Labels!["job"]) = ("Never", name);
        return new() { Parallelism = 3, Completions = completions, BackoffLimit = 6, Selector = Select(name), Template = template };
    }

    private T Find<T>(string name)
        where T : class, IObject<T> => api.Find<T>("default", name)!;

    private void Change<T>(string name, Action<T> change, string ns = "default")
        where T : class, IObject<T>
    {
        var copy = api.Find<T>(ns, name)!.DeepClone();
        change(copy);
        api.Put(copy);
    }

    private List<Pod> Pods(string app) => [.. api.List<Pod>().Where(p => p.Metadata.Labels?.GetValueOrDefault("app") == app)];

    private string Images(string app) => string.Join(',', Pods(app).Select(p => p.Spec.Containers[0].Image).Order(StringComparer.Ordinal));

    private string NextImage() => $"image-{++_image}";

    private static ObjectMeta Meta(string name) => new() { Namespace = "default", Name = name };

    private static Dictionary<string, string> Labels(string app) => Workloads.App(app);

    private static LabelSelector Select(string app) => new() { MatchLabels = Labels(app) };

    private static DeploymentStrategy Rolling() => new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = 1, MaxUnavailable = 1 } };

    private static PodTemplateSpec Template(string app)
    {
        var template = Workloads.Template("image-0");
        template.Metadata.Labels = Labels(app);
        return template;
    }
}
