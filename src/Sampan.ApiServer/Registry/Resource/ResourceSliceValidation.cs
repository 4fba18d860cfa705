using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Checks of a slice: whose nodes its devices are for, and each device.</summary>
internal sealed class ResourceSliceValidation(ResourceSliceSpec spec, FieldErrors errors)
{
    private const int MaxDevices = 128;
    private const int MaxAdvancedDevices = 64;
    private const int MaxCounterSets = 8;
    private const int MaxCounters = 32;
    private const int MaxConsumedSets = 2;
    private const int MaxAttributes = 32;
    private const int MaxTaints = 16;
    private const string OneOfFour = "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

    public void Validate(ResourceSliceSpec? old, FieldPath path)
    {
        FieldChecks.DriverName(path.Child("driver"), spec.Driver, errors);
        ValidatePool(path.Child("pool"));
        if (old is not null)
        {
            FieldChecks.Same(path.Child("pool").Child("name"), spec.Pool.Name, old.Pool.Name, errors);
            FieldChecks.Same(path.Child("driver"), spec.Driver, old.Driver, errors);
            FieldChecks.Same(path.Child("nodeName"), spec.NodeName, old.NodeName, errors);
        }
        ValidateNodes(path);
        if (spec.SharedCounters is not null && spec.Devices is not null)
        {
            errors.Invalid(path, "", "only one of `sharedCounters` or `devices` is allowed");
        }
        var advanced = spec.Devices.OrEmpty().Any(device => device.Taints.OrEmpty().Count > 0 || device.ConsumesCounters.OrEmpty().Count > 0);
        DeviceChecks.EachOnce(
            spec.Devices, advanced ? MaxAdvancedDevices : MaxDevices, path.Child("devices"), errors,
            (device, at) => Device(device, (old?.Devices).OrEmpty().FirstOrDefault(one => one.Name == device.Name), at), device => device.Name);
        DeviceChecks.EachOnce(spec.SharedCounters, MaxCounterSets, path.Child("sharedCounters"), errors, CounterSet, set => set.Name);
    }

    private void ValidatePool(FieldPath path)
    {
        DeviceChecks.Pool(spec.Pool.Name, path.Child("name"), errors);
        if (spec.Pool.ResourceSliceCount <= 0)
        {
            errors.Invalid(path.Child("resourceSliceCount"), spec.Pool.ResourceSliceCount, "must be greater than zero");
        }
        if (spec.Pool.Generation < 0)
        {
            errors.Invalid(path.Child("generation"), spec.Pool.Generation, "must be greater than or equal to zero");
        }
    }

    private void ValidateNodes(FieldPath path)
    {
        var set = new List<string>();
        if (spec.NodeName is { Length: > 0 } name)
        {
            set.Add("`nodeName`");
            errors.Invalid(path.Child("nodeName"), name, Names.IsDns1123Subdomain(name));
        }
        else if (spec.NodeName is not null)
        {
            errors.Invalid(path.Child("nodeName"), "", "must be either unset or set to a non-empty string");
        }
        if (spec.NodeSelector is { } selector)
        {
            set.Add("`nodeSelector`");
            NodeSelectorChecks.Validate(selector, path.Child("nodeSelector"), errors);
            if (selector.NodeSelectorTerms.Count != 1)
            {
                errors.Invalid(
                    path.Child("nodeSelector").Child("nodeSelectorTerms"), selector.NodeSelectorTerms, "must have exactly one node selector term");
            }
        }
        Flag(spec.AllNodes, "allNodes", set, path);
        Flag(spec.PerDeviceNodeSelection, "perDeviceNodeSelection", set, path);
        if (set.Count == 0)
        {
            errors.Required(path, OneOfFour);
        }
        else if (set.Count > 1)
        {
            errors.Invalid(path, $"{{{string.Join(", ", set)}}}", $"{OneOfFour}, but multiple fields are set");
        }
    }

    /// <summary>Fields that are true or absent.</summary>
    private void Flag(bool? value, string field, List<string> set, FieldPath path)
    {
        if (value == true)
        {
            set.Add($"`{field}`");
        }
        else if (value == false)
        {
            errors.Invalid(path.Child(field), false, "must be either unset or set to true");
        }
    }

    private void Device(Device device, Device? old, FieldPath path)
    {
        DeviceChecks.Label(device.Name, path.Child("name"), errors);
        var count = device.Attributes.OrEmpty().Count + device.Capacity.OrEmpty().Count;
        if (count > MaxAttributes)
        {
            errors.Invalid(path, count, $"the total number of attributes and capacities must not exceed {MaxAttributes}");
        }
        foreach (var (name, attribute) in device.Attributes.OrEmpty())
        {
            DeviceChecks.QualifiedName(name, path.Child("attributes").Key(name), errors);
            DeviceAttributeValidation.Validate(attribute, path.Child("attributes").Key(name), errors);
        }
        foreach (var (name, capacity) in device.Capacity.OrEmpty())
        {
            DeviceChecks.QualifiedName(name, path.Child("capacity").Key(name), errors);
            CapacityValidation.Validate(capacity, device.AllowMultipleAllocations == true, path.Child("capacity").Key(name), errors);
        }
        if (old is null || !FieldChecks.AreEqual(device.Taints, old.Taints))
        {
            DeviceChecks.Each(device.Taints, MaxTaints, path.Child("taints"), errors, Taint);
        }
        DeviceChecks.EachOnce(
            device.ConsumesCounters, MaxConsumedSets, path.Child("consumesCounters"), errors, Consumption, one => one.CounterSet);
        ValidateNodes(device, path);
        BindingConditionValidation.Validate(device.BindingConditions, device.BindingFailureConditions, path, errors);
    }

    private void ValidateNodes(Device device, FieldPath path)
    {
        const string OneOfThree = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when "
            + "`perDeviceNodeSelection` is set to true in the ResourceSlice spec";
        if (spec.PerDeviceNodeSelection != true)
        {
            if (device.NodeName is not null || device.NodeSelector is not null || device.AllNodes is not null)
            {
                errors.Invalid(
                    path, null,
                    "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec");
            }
            return;
        }
        var set = new List<string>();
        if (device.NodeName is { Length: > 0 } name)
        {
            set.Add("`nodeName`");
            errors.Invalid(path.Child("nodeName"), name, Names.IsDns1123Subdomain(name));
        }
        else if (device.NodeName is not null)
        {
            errors.Invalid(path.Child("nodeName"), "", "must not be empty");
        }
        if (device.NodeSelector is { } selector)
        {
            set.Add("`nodeSelector`");
            NodeSelectorChecks.Validate(selector, path.Child("nodeSelector"), errors);
        }
        Flag(device.AllNodes, "allNodes", set, path);
        if (set.Count == 0)
        {
            errors.Required(path, OneOfThree);
        }
        else if (set.Count > 1)
        {
            errors.Invalid(path, $"{{{string.Join(", ", set)}}}", OneOfThree);
        }
    }

    private void Taint(DeviceTaint taint, FieldPath path)
    {
        errors.Invalid(path.Child("key"), taint.Key, Names.IsQualifiedName(taint.Key));
        errors.Invalid(path.Child("value"), taint.Value ?? "", Names.IsLabelValue(taint.Value ?? ""));
        FieldChecks.RequiredOneOf(path.Child("effect"), taint.Effect, errors, "NoExecute", "NoSchedule", "None");
    }

    private void CounterSet(CounterSet set, FieldPath path)
    {
        SetName(set.Name, path.Child("name"));
        Counters(set.Counters, path.Child("counters"));
    }

    private void Consumption(DeviceCounterConsumption consumption, FieldPath path)
    {
        SetName(consumption.CounterSet, path.Child("counterSet"));
        Counters(consumption.Counters, path.Child("counters"));
    }

    private void SetName(string name, FieldPath path)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else
        {
            DeviceChecks.Label(name, path, errors);
        }
    }

    private void Counters(Dictionary<string, Counter> counters, FieldPath path)
    {
        if (counters.Count == 0)
        {
            errors.Required(path);
        }
        else if (counters.Count > MaxCounters)
        {
            errors.TooMany(path, counters.Count, MaxCounters);
            return;
        }
        foreach (var name in counters.Keys)
        {
            DeviceChecks.Label(name, path.Key(name), errors);
        }
    }
}
