#!/bin/sh
echo $HOME   
