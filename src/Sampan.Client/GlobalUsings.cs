global using Sampan.Api;
global using Sampan.Api.Codec;

// Objects by a name that they share: their namespace, or a value of an index.
global using ObjectGroups = System.Collections.Immutable.ImmutableDictionary<
    string, System.Collections.Immutable.ImmutableDictionary<Sampan.Api.ObjectKey, object>>;
