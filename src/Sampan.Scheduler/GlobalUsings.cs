global using Sampan.Api;
