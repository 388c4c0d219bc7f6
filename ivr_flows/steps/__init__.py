"""ivr_flows/steps"""
